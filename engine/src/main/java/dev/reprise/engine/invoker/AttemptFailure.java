package dev.reprise.engine.invoker;

import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.time.Millis;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt failed.
 *
 * @param error what people are told
 * @param retryDelayMillis the delay before the next attempt, which then does not count for the policy; null for the
 *     policy's
 * @param behavior what the handler wants to happen
 * @param reachedHandler whether the handler may have run; if not, none of its runs has failed
 */
record AttemptFailure(
        TransientError error, @Nullable Long retryDelayMillis, ErrorBehavior behavior, boolean reachedHandler) {
    /** The longest text that is kept of a message or a stack trace. */
    private static final int TEXT_CHARS_MAX = 32 << 10;

    static AttemptFailure of(TransientError error) {
        return new AttemptFailure(error, null, ErrorBehavior.RETRY, true);
    }

    /** No attempt could be opened. */
    static AttemptFailure unopened(TransientError error) {
        return new AttemptFailure(error, null, ErrorBehavior.RETRY, false);
    }

    /** The attempt would need more memory at once than it may have; retrying would be pointless. */
    static AttemptFailure tooLarge(String what, long neededBytes, long limitBytes) {
        String message = "memory budget exhausted (upper bound exceeded) while reading " + what + ": needed "
                + neededBytes + " bytes at once, an attempt may have " + limitBytes
                + "; raise 'worker.invoker.per-invocation-memory-limit' (at most half of"
                + " 'worker.invoker.memory-limit'), then resume the invocation";
        return new AttemptFailure(
                TransientError.of(ErrorCode.INTERNAL, "RT0001", message), null, ErrorBehavior.PAUSE, true);
    }

    static AttemptFailure of(StreamFailure failure) {
        TransientError error =
                new TransientError(failure.code(), cut(failure.message()), "", null, null, null, failure.errorCode());
        return new AttemptFailure(error, failure.retryDelayMillis(), ErrorBehavior.RETRY, failure.reachedHandler());
    }

    /** The failure that the handler reported; before V7 it could not say what is to happen. */
    static AttemptFailure of(ControlMessage.ErrorMessage m, ProtocolVersion version) {
        Integer type = m.relatedCommandType();
        TransientError error = new TransientError(
                m.code(),
                cut(m.message()),
                cut(m.stacktrace()),
                m.relatedCommandIndex(),
                m.relatedCommandName(),
                type == null ? null : MessageType.ofCode(type).orElse(null),
                explainedAs(m.code()));
        boolean decides = version.compareTo(ProtocolVersion.V7) >= 0;
        Long delayMillis = m.nextRetryDelayMillis();
        return new AttemptFailure(
                error,
                delayMillis == null ? null : Millis.ofUnsigned(delayMillis),
                decides ? m.behavior() : ErrorBehavior.RETRY,
                true);
    }

    /** Where Restate's documentation explains a failure that a handler reported. */
    private static String explainedAs(int code) {
        return switch (code) {
            case ErrorCode.JOURNAL_MISMATCH -> "RT0016";
            case ErrorCode.PROTOCOL_VIOLATION -> "RT0012";
            default -> "RT0007";
        };
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
    }
}
