package dev.reprise.sdk.handler;

import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.ErrorPage;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.JournalMismatchException;
import dev.reprise.sdk.attempt.FailureListener;
import dev.reprise.sdk.closure.FailedRun;
import dev.reprise.sdk.promise.TerminalFailures;
import dev.reprise.sdk.report.LogContext;
import dev.reprise.sdk.report.ThrownText;
import dev.reprise.sdk.vm.AttemptError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what handlers and the closures of runs throw, with the stack trace. These are warnings: those of attempts 1, 2,
 * 4, 8 and so on; those after which nothing is retried; and those of which this process has not logged the like for ten
 * minutes. All others are at debug level. So a process that joins later, for instance with a fixed handler, reports
 * what goes wrong there in whichever attempt, and a handler that fails for days stays visible.
 *
 * <p>A handler's terminal failure is a line without a stack trace at level INFO: it is an answer to the caller, but if
 * the message was only sent, this line is the only trace of it. Any thread may use it.
 */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long SILENCE_MILLIS_MAX = Duration.ofMinutes(10).toMillis();
    private static final int KINDS_MAX = 1_000;
    private static final int NAME_CHARS_MAX = 200;

    /**
     * A non-terminal exception.
     *
     * @param run the name, possibly empty, of the run whose closure threw it; null for the handler itself
     * @param attempt the number of the attempt, counted since one made progress; for a run, how often it was executed
     * @param cause what was thrown
     * @param next what follows
     */
    record Failed(@Nullable String run, int attempt, Throwable cause, Next next) {}

    /**
     * What follows a failure.
     *
     * @param isLast whether there will be no automatic retry
     * @param text the same in words
     */
    record Next(boolean isLast, String text) {
        /** The run's own policy gives up. */
        static final Next REJECTED =
                new Next(true, "that was the last try of its retry policy: its promise is rejected with this failure");

        private static final Next PAUSED = new Next(
                true,
                "the invocation is paused: it goes on from its journal when it is resumed, or ends when it is cancelled");

        private static final Next BY_POLICY =
                new Next(false, "whether and when it is tried again, the engine's line on this invocation says");

        /** A run has failed, and its attempt continues. */
        static Next of(FailedRun retry, long nowMillis, ProtocolVersion version) {
            String wait = text(Duration.ofMillis(retry.dueMillis() - nowMillis));
            return switch (retry.delay()) {
                case PAUSED -> of(retry.failure(nowMillis), version);
                case ENGINE ->
                    new Next(
                            false,
                            "it is tried again in " + wait
                                    + " if its handler has something else to do; if not, whether and"
                                    + " when it is tried again, the engine's line on this invocation says");
                case ASKED, POLICY -> new Next(false, "it is tried again in " + wait);
            };
        }

        static Next of(AttemptError failure, ProtocolVersion version) {
            if (failure.behavior() == ErrorBehavior.PAUSE && version.compareTo(ProtocolVersion.V7) >= 0) {
                return PAUSED;
            }
            Long delayMillis = failure.nextRetryDelayMillis();
            return delayMillis == null
                    ? BY_POLICY
                    : new Next(false, "it is tried again in " + text(Duration.ofMillis(delayMillis)));
        }

        private static String text(Duration duration) {
            return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
        }
    }

    /** Failures that are alike. */
    private record Kind(String service, String handler, String thrown) {}

    private final FailureListener listener;

    /* When one of this kind was last a warning, by the steady clock; the latest comes last. */
    private final Map<Kind, Long> warned = new LinkedHashMap<>();

    FailureLog(FailureListener listener) {
        this.listener = listener;
    }

    /** A handler or one of its closures threw a non-terminal exception. */
    void failed(AttemptSetup setup, String invocationId, Failed failed) {
        listener.failed(invocationId, failed.attempt(), failed.cause());
        Level level = listener.isLogged() && isWarning(setup, failed) ? Level.WARN : Level.DEBUG;
        if (LOG.isEnabledForLevel(level)) {
            log(level, message(setup, invocationId, failed), failed.cause());
        }
    }

    private boolean isWarning(AttemptSetup setup, Failed failed) {
        Kind kind = new Kind(
                setup.service(),
                setup.handler().name(),
                failed.cause().getClass().getName());
        long nowMillis = setup.clock().steadyMillis();
        synchronized (warned) {
            Long lastMillis = warned.get(kind);
            boolean isDue = failed.next().isLast()
                    || Integer.bitCount(failed.attempt()) == 1
                    || lastMillis == null
                    || nowMillis - lastMillis >= SILENCE_MILLIS_MAX;
            if (isDue) {
                warned.remove(kind);
                warned.put(kind, nowMillis);
                if (warned.size() > KINDS_MAX) {
                    warned.remove(warned.keySet().iterator().next());
                }
            }
            return isDue;
        }
    }

    private static String message(AttemptSetup setup, String invocationId, Failed failed) {
        String handler = setup.service() + "/" + setup.handler().name();
        StringBuilder text = new StringBuilder();
        String run = failed.run();
        if (run == null) {
            text.append(handler);
        } else if (run.isEmpty()) {
            text.append("a run without a name of ").append(handler);
        } else {
            text.append("run '")
                    .append(LogContext.onOneLine(TerminalFailures.cut(run, NAME_CHARS_MAX)))
                    .append("' of ")
                    .append(handler);
        }
        text.append(" failed in attempt ").append(failed.attempt());
        text.append(" of invocation ").append(invocationId);
        text.append("; ").append(failed.next().text());
        if (!failed.next().isLast()) {
            text.append("; what is not worth another try should throw a TerminalException");
        }
        return text.append(' ').append(page(failed.cause())).toString();
    }

    private static String page(Throwable cause) {
        return cause instanceof JournalMismatchException
                ? ErrorPage.of(ErrorCode.JOURNAL_MISMATCH)
                : "(see docs/error-handling.md)";
    }

    /**
     * Whatever was thrown must not harm the logging code: an exception that is not plain, or that the log's back end
     * stumbles over, is logged as bounded text.
     */
    private static void log(Level level, String message, Throwable cause) {
        if (ThrownText.isPlain(cause)) {
            try {
                LOG.atLevel(level).setCause(cause).log(message);
                return;
            } catch (Throwable broken) {
                // logged as text
            }
        }
        LOG.atLevel(level).log(message + "\n" + ThrownText.message(cause) + "\n" + ThrownText.stacktrace(cause));
    }

    /** A handler ends with a failure. */
    void terminal(AttemptSetup setup, String invocationId, Failure failure) {
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{}/{} ended invocation {} with the terminal failure {}: {}",
                    setup.service(),
                    setup.handler().name(),
                    invocationId,
                    failure.code(),
                    LogContext.onOneLine(ThrownText.cut(failure.message())));
        }
    }
}
