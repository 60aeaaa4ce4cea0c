/**
 * What an attempt of a handler needs from its host: where its messages come from and go to ({@link
 * dev.reprise.sdk.attempt.AttemptInput}, {@link dev.reprise.sdk.attempt.AttemptOutput}), its threads ({@link
 * dev.reprise.sdk.attempt.AttemptThreads}), and a listener for its exceptions ({@link
 * dev.reprise.sdk.attempt.FailureListener}). {@code dev.reprise.sdk.handler} begins attempts.
 *
 * <p>Threads wait only in {@link dev.reprise.sdk.attempt.AttemptThreads}, and there a simulator decides which one
 * continues. Exported only to our own modules.
 */
package dev.reprise.sdk.attempt;
