/**
 * Invoking handlers from outside of handlers: from a web application, a script, a test.
 *
 * <p>Begin at {@link dev.reprise.sdk.client.Client}. It is the same whether the engine runs in this JVM, where {@code
 * Reprise.client()} returns it, or behind an HTTP ingress, where {@link dev.reprise.sdk.client.Client#http} does. Only
 * the {@link dev.reprise.sdk.client.ClientTransport} beneath differs. Every failure is a {@link
 * dev.reprise.sdk.client.ClientException}.
 */
package dev.reprise.sdk.client;
