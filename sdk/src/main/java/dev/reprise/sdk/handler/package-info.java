/**
 * Runs attempts of handlers.
 *
 * <p>{@link dev.reprise.sdk.service.ServiceDefinition} is the result of binding, once by reflection or by a builder;
 * {@link dev.reprise.sdk.service.Manifests} translates it to the discovery document. {@link
 * dev.reprise.sdk.handler.InvocationHandler} begins attempts. Each has a {@code HandlerAttempt}, the only user of the
 * attempt's state machine and promises, and a {@code Mailbox} for what other threads post. {@code HandlerContext} is
 * the context that a handler sees. Running closures are in {@code dev.reprise.sdk.closure}; what an attempt needs from
 * its host is in {@code dev.reprise.sdk.attempt}.
 *
 * <p>{@link dev.reprise.sdk.handler.JournalReplay} is an attempt that ends with its journal.
 */
package dev.reprise.sdk.handler;
