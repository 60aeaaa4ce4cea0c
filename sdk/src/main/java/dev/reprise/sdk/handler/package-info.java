/**
 * Runs attempts of handlers.
 *
 * <p>{@link dev.reprise.sdk.service.ServiceDefinition} is what was bound, by reflection once or by a builder; {@link
 * dev.reprise.sdk.service.Manifests} says it in the words of the discovery document. {@link
 * dev.reprise.sdk.handler.InvocationHandler} begins attempts: each has a {@code HandlerAttempt}, which alone uses the
 * attempt's state machine and promises, and a {@code Mailbox} for what other threads have to say to it. {@code
 * HandlerContext} is the context that a handler sees. The closures under way are in {@code dev.reprise.sdk.closure};
 * what an attempt needs from its host is in {@link dev.reprise.sdk.attempt}.
 *
 * <p>{@link dev.reprise.sdk.handler.JournalReplay} is an attempt that ends with the journal it was given.
 */
package dev.reprise.sdk.handler;
