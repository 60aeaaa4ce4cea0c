package dev.reprise.sdk.report;

import dev.reprise.protocol.LogKeys;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The marks on log lines of an attempt's threads.
 *
 * @param invocationId the invocation's id
 * @param target the handler that runs; its key comes from outside, so characters that could begin another line or hide
 *     in one are escaped
 * @param branch the branch of the handler, preceded by those in which it was forked; empty for the handler itself
 */
public record LogContext(String invocationId, String target, String branch) {
    /* Control characters, Unicode's line separators, and what changes the direction of text. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

    public LogContext {
        target = onOneLine(target);
        branch = onOneLine(branch);
    }

    /** The marks on the handler's own lines. */
    public LogContext(String invocationId, String target) {
        this(invocationId, target, "");
    }

    /** The same marks, for a branch. */
    public LogContext ofBranch(String label) {
        return new LogContext(invocationId, target, label);
    }

    /** A text that may come from outside, with characters escaped that could begin another line or hide in one. */
    public static String onOneLine(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    }

    /** Executes {@code body} with these marks set. */
    public void run(Runnable body) {
        MDC.put(LogKeys.INVOCATION_ID, invocationId);
        MDC.put(LogKeys.INVOCATION_TARGET, target);
        if (!branch.isEmpty()) {
            MDC.put(LogKeys.BRANCH, branch);
        }
        try {
            body.run();
        } finally {
            MDC.remove(LogKeys.INVOCATION_ID);
            MDC.remove(LogKeys.INVOCATION_TARGET);
            MDC.remove(LogKeys.BRANCH);
        }
    }
}
