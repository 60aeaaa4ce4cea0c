package dev.reprise.engine.response;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/** What an engine answers to whoever asked it for something. */
public sealed interface Response {
    /** The invocation exists now; {@code existedBefore} if the request met one that was there. */
    record Accepted(InvocationId invocationId, boolean existedBefore) implements Response {}

    /**
     * The invocation's result.
     *
     * @param keptUntilMillis when a result that was there before will be forgotten, in milliseconds since the epoch;
     *     0 for one that came while the client waited
     */
    record Completed(InvocationId invocationId, Bytes value, long keptUntilMillis) implements Response {}

    /**
     * The invocation's failure.
     *
     * @param stacktrace where in its handler, when the client waited for an invocation that used up its attempts;
     *     else empty
     * @param keptUntilMillis as of {@link Completed}
     */
    record Failed(@Nullable InvocationId invocationId, Failure failure, String stacktrace, long keptUntilMillis)
            implements Response {}

    /** The invocation exists and has no result yet. */
    record NotReady(InvocationId invocationId) implements Response {}

    /** No such invocation. */
    record NotFound(InvocationId invocationId) implements Response {}

    /** What was asked for was done, or needed no doing; no invocation when it was about an object's state. */
    record Done(@Nullable InvocationId invocationId) implements Response {}

    /** What was asked for cannot be done as things stand; the reason is for people. */
    record Refused(@Nullable InvocationId invocationId, int code, String reason) implements Response {}
}
