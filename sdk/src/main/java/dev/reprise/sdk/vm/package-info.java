/**
 * One attempt of one invocation as a state machine: messages of the engine and calls of the handler in, messages to the
 * engine out. No threads, no I/O, no clock, no chance: the same conversation always gives the same output.
 *
 * <p>Begin at {@link dev.reprise.sdk.vm.InvocationStateMachine}. A command is first looked for in the journal
 * ({@code ReplayCursor}) and written only when the journal has no more commands. Notifications are handed out in the
 * order of the journal ({@code NotificationQueue}), so which of two promises came first is the same in every attempt.
 */
package dev.reprise.sdk.vm;
