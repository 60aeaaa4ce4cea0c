/**
 * The ports to deployments: what the engine needs from a transport that carries messages to handlers and back. Begin at
 * {@link dev.reprise.engine.deployment.DeploymentTransport}.
 */
package dev.reprise.engine.deployment;
