/**
 * One attempt of one invocation as a state machine: it takes messages of the engine and calls of the handler, and
 * produces messages to the engine. No threads, no I/O, no clock, no randomness: the same conversation always produces
 * the same output.
 *
 * <p>Begin at {@link dev.reprise.sdk.vm.InvocationStateMachine}. A command is first looked up in the journal ({@code
 * ReplayCursor}), and written only when the journal has no more commands. Notifications are delivered in the order of
 * the journal ({@code NotificationQueue}), so which of two promises came first is the same in every attempt.
 */
package dev.reprise.sdk.vm;
