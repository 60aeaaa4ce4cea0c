package dev.reprise.engine.call;

import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * Why a client does not get what it asked an engine for, whichever way it asked: HTTP or a call in this process. A failure of
 * the invocation itself is none, it is a result. Immutable.
 *
 * @param code the HTTP status
 * @param message for people
 * @param invocation which it is about; null for none
 */
public record Refusal(
        Reason reason, int code, String message, @Nullable InvocationId invocation) {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    /** Of Restate's clients, which ask again. */
    private static final int NOT_READY = 470;

    /** What kind of refusal it is. A client's words for some of them are its own. */
    public enum Reason {
        /** No such handler, or the request makes no sense. */
        UNRESOLVED,
        /** No such invocation. */
        INVOCATION_NOT_FOUND,
        /** The invocation has no result yet. */
        NOT_READY,
        /** It cannot be done as things stand. */
        REFUSED,
        /** The engine, or the partition that is needed, does not run. */
        UNAVAILABLE
    }

    /**
     * The refusal that an answer is.
     *
     * @throws EngineException when it is none, and so answers another question than the one that was asked
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

    /** What an engine throws, or a future of its fails with. */
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
