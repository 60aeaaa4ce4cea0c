package dev.reprise.sdk.report;

import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.sdk.JournalMismatchException;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.vm.AttemptError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Converts an exception to the error that the engine receives when an attempt fails. */
public final class Failing {
    private Failing() {}

    /** The handler threw the non-terminal {@code cause}, or its branch of this name did, if the name is not empty. */
    public static AttemptError of(Throwable cause, String branch) {
        return switch (cause) {
            case JournalMismatchException mismatch -> {
                String where = branch.isEmpty() ? "" : "\n  in branch: " + branch;
                yield failure(mismatch.code(), mismatch.getMessage() + where + line(mismatch), mismatch, null);
            }
            case PauseException pause -> pause(pause);
            case SerdeException useless -> pause(useless);
            case RetryableException asked -> retried(asked, asked.retryAfter().orElse(null));
            default -> retried(cause, null);
        };
    }

    /** A failure after which the engine waits for an operator. */
    public static AttemptError pause(RuntimeException cause) {
        return new AttemptError(ErrorCode.INTERNAL, message(cause), stacktrace(cause), null, ErrorBehavior.PAUSE);
    }

    /** A failure that is retried after {@code delay}; null if the engine decides. */
    public static AttemptError retried(Throwable cause, @Nullable Duration delay) {
        return failure(ErrorCode.INTERNAL, message(cause), cause, delay);
    }

    private static AttemptError failure(int code, String message, Throwable cause, @Nullable Duration delay) {
        return new AttemptError(
                code,
                ThrownText.cut(message),
                stacktrace(cause),
                delay == null ? null : delay.toMillis(),
                ErrorBehavior.RETRY);
    }

    /** The kind of exception and its message. */
    public static String message(Throwable cause) {
        return ThrownText.message(cause);
    }

    private static String stacktrace(Throwable cause) {
        return ThrownText.stacktrace(cause);
    }

    private static String line(Throwable mismatch) {
        return UserCode.line(mismatch).map(frame -> "\n  at: " + frame).orElse("");
    }
}
