package dev.reprise.sdk.handler;

import org.slf4j.MDC;

/**
 * What log lines of an attempt's threads are marked with.
 *
 * @param invocationId the invocation's id
 * @param target which handler runs
 */
record LogContext(String invocationId, String target) {
    private static final String INVOCATION_ID = "restateInvocationId";
    private static final String TARGET = "restateInvocationTarget";

    /** Executes {@code body} with the marks set. */
    void run(Runnable body) {
        MDC.put(INVOCATION_ID, invocationId);
        MDC.put(TARGET, target);
        try {
            body.run();
        } finally {
            MDC.remove(INVOCATION_ID);
            MDC.remove(TARGET);
        }
    }
}
