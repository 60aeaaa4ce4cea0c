package dev.reprise.engine.call;

import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * Why a client does not get what it asked an engine for, over HTTP or in this process. A failure of the invocation
 * itself is no refusal but a result. Immutable.
 *
 * @param code the HTTP status
 * @param message for people
 * @param invocation the invocation in question; null for none
 */
public record Refusal(
        Reason reason, int code, String message, @Nullable InvocationId invocation) {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    /** The status on which Restate's clients ask again. */
    private static final int NOT_READY = 470;

    /** The kind of a refusal. Clients have words of their own for some of them. */
    public enum Reason {
        /** No such handler, or the request makes no sense. */
        UNRESOLVED,
        /** No such invocation. */
        INVOCATION_NOT_FOUND,
        /** The invocation has no result yet. */
        NOT_READY,
        /** The request cannot be carried out as things stand. */
        REFUSED,
        /** The engine, or the partition in question, is not running. */
        UNAVAILABLE
    }

    /**
     * The refusal that an answer stands for.
     *
     * @throws EngineException when the answer is no refusal, and so answers another question than the one that was
     *     asked
     */
    public static Refusal of(Response response) {
        return switch (response) {
            case Response.NotFound(InvocationId id) ->
                new Refusal(Reason.INVOCATION_NOT_FOUND, NOT_FOUND, "there is no invocation " + id, id);
            case Response.NotReady(InvocationId id) ->
                new Refusal(Reason.NOT_READY, NOT_READY, "the invocation " + id + " has no result yet", id);
            case Response.Refused(InvocationId id, int code, String reason) ->
                new Refusal(Reason.REFUSED, code, reason, id);
            case Response.Accepted _, Response.Completed _, Response.Failed _, Response.Done _ ->
                throw new EngineException(500, "the engine gave an answer that was not asked for: " + response);
        };
    }

    /** The refusal for an exception that the engine threw, or that its future failed with. */
    public static Refusal of(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case UnresolvedCallException e -> new Refusal(Reason.UNRESOLVED, e.code(), message, null);
            case ProtocolException _ -> new Refusal(Reason.UNRESOLVED, BAD_REQUEST, message, null);
            case EngineException e -> new Refusal(Reason.UNAVAILABLE, e.code(), message, null);
            default -> new Refusal(Reason.UNAVAILABLE, EngineException.UNAVAILABLE, message, null);
        };
    }
}
