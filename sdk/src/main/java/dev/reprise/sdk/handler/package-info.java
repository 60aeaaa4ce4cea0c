/**
 * What runs an attempt of a handler.
 *
 * <p>{@link dev.reprise.sdk.service.ServiceDefinition} is what was bound, by reflection once or by a builder; {@link
 * dev.reprise.sdk.service.Manifests} says it in the words of the discovery document. {@link
 * dev.reprise.sdk.handler.InvocationHandler} begins attempts: each has a {@code HandlerThread}, which alone uses the
 * attempt's state machine and promises, and a {@code Mailbox} for what other threads have to say to it. {@code
 * HandlerContext} is the context a handler sees, {@code RunExecutions} the closures under way.
 *
 * <p>{@link dev.reprise.sdk.handler.JournalReplay} is an attempt that ends with the journal it was given.
 *
 * <p>A thread waits at one place only, {@link dev.reprise.sdk.handler.AttemptThreads}; a simulator decides there who goes
 * on.
 */
package dev.reprise.sdk.handler;
