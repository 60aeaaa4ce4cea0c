package dev.reprise.sdk.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a waiting call has no answer: the invocation that it waits for, or one that this one waits for in
 * turn, makes no progress.
 *
 * @param call what the client waits for, described in words
 * @param invocationId the invocation that makes no progress
 * @param target its handler, as {@code service/key/handler}
 * @param state what it does instead
 * @param failures how many attempts have failed in a row; 0 if unknown
 * @param lastFailure the latest failure; empty if it is unknown, or if an operator has paused the invocation
 * @param nextTry when the next attempt begins; null while it is paused
 * @param cause the handler's own exception if it was thrown in this JVM; otherwise null
 */
public record Stall(
        String call,
        String invocationId,
        String target,
        State state,
        int failures,
        String lastFailure,
        @Nullable Instant nextTry,
        @Nullable Throwable cause) {

    /** The HTTP status code of an answer that did not come in time. */
    private static final int TIMED_OUT = 504;

    /** The ways of making no progress. */
    public enum State {
        /** It is stopped until somebody resumes, cancels or kills it. */
        PAUSED,
        /** Its attempts fail, and it waits for the next one. */
        BACKING_OFF
    }

    /** Whether it has kept failing since {@code earlier}, so that it is worth another report. */
    boolean isNewsAfter(@Nullable Stall earlier) {
        return earlier == null
                || earlier.state != state
                || !earlier.invocationId.equals(invocationId)
                || failures < earlier.failures
                || failures >= 2 * earlier.failures && failures > earlier.failures;
    }

    /** Describes who waits for what, why, and what to do about it. */
    public String message() {
        StringBuilder text = new StringBuilder();
        text.append(call)
                .append(" has no answer: invocation ")
                .append(invocationId)
                .append(" of ")
                .append(target);
        String attempts = failures == 0 ? "" : failures + (failures == 1 ? " attempt" : " attempts in a row");
        if (state == State.PAUSED) {
            text.append(" is paused");
            text.append(attempts.isEmpty() ? "" : " after " + attempts + " failed");
        } else {
            text.append(" failed in ").append(attempts.isEmpty() ? "its latest attempt" : attempts);
            Optional.ofNullable(nextTry)
                    .ifPresent(at -> text.append("; next try at ").append(at));
        }
        if (!lastFailure.isEmpty()) {
            text.append("; last failure: ").append(lastFailure);
        }
        return text.append(
                        state == State.PAUSED
                                ? ". Mend the cause and resume it, or end it: client.invocation(id).resume(), cancel() or kill(), the admin API."
                                : ". Mend the cause, or end it: client.invocation(id).cancel() or kill(), the admin API.")
                .toString();
    }

    /** The exception of a call that stops waiting for that reason. */
    public ClientException failure() {
        return new ClientException(ClientException.Reason.STALLED, TIMED_OUT, message(), Map.of(), invocationId, cause);
    }
}
