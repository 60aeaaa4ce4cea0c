package dev.reprise.engine.response;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/** The engine's answer to a request. */
public sealed interface Response {
    /** The invocation exists now; {@code existedBefore} if it existed before the request. */
    record Accepted(InvocationId invocationId, boolean existedBefore) implements Response {}

    /**
     * The invocation's result.
     *
     * @param keptUntilMillis when a result that existed before will be forgotten, in milliseconds since the epoch; 0
     *     for one that came while the client waited
     */
    record Completed(InvocationId invocationId, Bytes value, long keptUntilMillis) implements Response {}

    /**
     * The invocation's failure.
     *
     * @param stacktrace where in its handler, when the client waited for an invocation that used up its attempts;
     *     otherwise empty
     * @param keptUntilMillis as of {@link Completed}
     */
    record Failed(@Nullable InvocationId invocationId, Failure failure, String stacktrace, long keptUntilMillis)
            implements Response {}

    /** The invocation exists and has no result yet. */
    record NotReady(InvocationId invocationId) implements Response {}

    /** There is no such invocation. */
    record NotFound(InvocationId invocationId) implements Response {}

    /** The request was carried out, or had nothing to do; without an invocation when it was about an object's state. */
    record Done(@Nullable InvocationId invocationId) implements Response {}

    /** The request cannot be carried out as things stand; the reason is for people. */
    record Refused(@Nullable InvocationId invocationId, int code, String reason) implements Response {}
}
