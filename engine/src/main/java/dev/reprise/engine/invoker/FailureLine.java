package dev.reprise.engine.invoker;

import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.protocol.ErrorPage;
import dev.reprise.protocol.LogKeys;
import dev.reprise.protocol.id.InvocationId;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's log line about a failed attempt: whose it was, how often it failed, what comes next, and why, with the
 * code under which it is documented. The stack trace is in the log of the process where the handler ran, and in the
 * invocation's journal.
 */
final class FailureLine {
    private static final Logger log = LoggerFactory.getLogger(FailureLine.class);

    static final String PAUSED_AS_ASKED = "it is paused, as somebody asked";
    static final String PAUSED = "no further try: it is paused, and its callers wait, until it is resumed or cancelled"
            + " (client.invocation(id).resume(), restate invocations resume, the admin API)";

    static final String ENDED = "no further try: it ends with this failure";

    private FailureLine() {}

    /** A retry follows after a while. */
    static String nextTryIn(long millis) {
        String duration = Duration.ofMillis(millis).toString().substring("PT".length());
        return "next try in " + duration.toLowerCase(Locale.ROOT);
    }

    /** Writes the line; {@code target} is empty when the invocation is gone. */
    static void warn(AttemptHistory history, String target, TransientError error, String next) {
        InvocationId id = history.attempt().invocationId();
        String code = error.errorCode();
        String documented = code == null ? "" : code + " ";
        log.atWarn()
                .addKeyValue(LogKeys.INVOCATION_ID, id)
                .addKeyValue(LogKeys.INVOCATION_TARGET, target)
                .log(
                        "an attempt of invocation {} ({}) failed, {} in a row; {}: {}{} {}{}",
                        id,
                        target,
                        history.failuresInARow(),
                        next,
                        documented,
                        error.code(),
                        error.message(),
                        code == null ? "" : " " + ErrorPage.of(code));
    }
}
