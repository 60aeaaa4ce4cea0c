/**
 * The HTTP ingress: how clients reach the engine. Begin at {@link dev.reprise.server.ingress.IngressServer}.
 *
 * <p>Paths, headers, status codes and error bodies are those of Restate, so that its clients work unchanged.
 */
package dev.reprise.server.ingress;
