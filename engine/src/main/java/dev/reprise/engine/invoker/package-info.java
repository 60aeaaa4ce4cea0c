/**
 * Attempts: the streams that run handlers, when they start, how they fail and when they are tried again.
 *
 * <p>Begin at {@code Invoker}. {@link dev.reprise.engine.invoker.DeploymentTransport} is the seam to the handlers.
 */
package dev.reprise.engine.invoker;
