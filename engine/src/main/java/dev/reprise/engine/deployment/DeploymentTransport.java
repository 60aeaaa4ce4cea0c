package dev.reprise.engine.deployment;

/** Opens message streams to a deployment: in the same JVM, or over HTTP. Safe for use by any thread. */
public interface DeploymentTransport {
    /**
     * Opens the stream of one attempt. Returns at once; a stream that cannot be opened fails through the listener.
     *
     * @param head what the deployment must know before the first message
     * @param listener told what comes back, from any one thread at a time
     */
    AttemptStream open(AttemptHead head, AttemptListener listener);
}
