package dev.reprise.engine.deployment;

/** Opens message streams to a deployment: in the same JVM, or over HTTP. Safe for use by any thread. */
public interface DeploymentTransport {
    /**
     * Opens the stream of one attempt. Returns at once; the listener is told if the stream cannot be opened.
     *
     * @param head what the deployment must know before the first message
     * @param listener gets what comes back, from any one thread at a time
     */
    AttemptStream open(AttemptHead head, AttemptListener listener);
}
