/**
 * Engine and handlers in one JVM. Begin at {@link dev.reprise.embedded.Reprise}.
 *
 * <p>{@code InProcessTransport} passes messages from the engine to the SDK and back, without sockets.
 */
package dev.reprise.embedded;
