/**
 * The way to deployments over HTTP/1.1 and HTTP/2: attempts, discovery, and who asks.
 *
 * <p>{@link dev.reprise.server.deployment.HttpTransport} opens an attempt's stream,
 * {@link dev.reprise.server.deployment.DiscoveryClient} asks a deployment what it serves. Both stand on
 * {@link dev.reprise.server.deployment.HttpClient}, which has connections to many origins and tells of one request and its
 * answer through an {@code ExchangeListener}.
 *
 * <p>Threads: a connection belongs to one event loop. What the engine's threads say is put into a {@code Loop}, which
 * carries out all that waits and then flushes each connection once. Nothing here blocks the caller but
 * {@code DiscoveryClient}, which is called by threads that may wait.
 */
package dev.reprise.server.deployment;
