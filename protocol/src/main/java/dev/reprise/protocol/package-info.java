/**
 * The service protocol as values: messages, journal entries, await trees, failures. No I/O, no threads.
 *
 * <p>Begin at {@link dev.reprise.protocol.Message}. What travels and what is stored is a
 * {@link dev.reprise.protocol.RawMessage}; {@code wire.MessageCodec} turns one into the other.
 */
package dev.reprise.protocol;
