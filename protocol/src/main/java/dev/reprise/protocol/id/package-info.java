/**
 * Identifiers in Restate's text and byte forms, and the hash that places them.
 *
 * <p>Begin at {@link dev.reprise.protocol.id.InvocationId}: drawn by {@code fresh} or derived by {@code of} from the
 * key that names the request. Nothing here reads a clock or a random source; both come in as arguments.
 */
package dev.reprise.protocol.id;
