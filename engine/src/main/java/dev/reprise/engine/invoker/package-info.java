/**
 * Attempts: the streams that run handlers, when they start, how they fail and when they are tried again.
 *
 * <p>Begin at {@code Invoker}: the partition lets an invocation run, {@code AttemptOpening} finds where and how and
 * opens an {@code InvocationAttempt}, whose {@code AttemptTranscript} turns what the handler says into records.
 * {@code AttemptRoom} holds the open attempts, and asks or cuts those that are silent; {@code RetryQueue} holds those
 * that failed. What is remembered of an invocation meanwhile, its {@code AttemptHistory}, is also what
 * {@code AttemptViews} shows to people.
 *
 * <p>{@link dev.reprise.engine.deployment.DeploymentTransport} is the seam to the handlers, {@link
 * dev.reprise.engine.invoker.Proposals} the one to the partition.
 */
package dev.reprise.engine.invoker;
