/**
 * The way to deployments: attempts, discovery, conversions, and the proof of who asks.
 *
 * <p>{@link dev.reprise.server.deployment.HttpDeploymentTransport} opens an attempt's stream,
 * {@link dev.reprise.server.deployment.DiscoveryClient} asks a deployment what it serves, and
 * {@link dev.reprise.server.deployment.SerdeClient} has it turn values into JSON and back. All stand on
 * {@link dev.reprise.server.client.HttpClient}. A {@code RequestSigner} signs what they send.
 *
 * <p>Threads: the engine's threads call an attempt's stream, and the connection's event loop delivers the answer to it.
 * Discovery and conversions block their callers, which are threads that may wait.
 */
package dev.reprise.server.deployment;
