/**
 * What an attempt of a handler needs from its host: where its messages come from and go to ({@link
 * dev.reprise.sdk.attempt.AttemptInput}, {@link dev.reprise.sdk.attempt.AttemptOutput}), its threads ({@link
 * dev.reprise.sdk.attempt.AttemptThreads}), and who hears what it throws ({@link
 * dev.reprise.sdk.attempt.FailureListener}). {@code dev.reprise.sdk.handler} begins attempts.
 *
 * <p>A thread waits at one place only, {@link dev.reprise.sdk.attempt.AttemptThreads}; a simulator decides there who
 * goes on. Exported to our own modules alone.
 */
package dev.reprise.sdk.attempt;
