/**
 * The service protocol as values: messages, journal entries, await trees, failures, and the frames that carry them. No
 * I/O, no threads, no clock, no chance.
 *
 * <p>Begin at {@link dev.reprise.protocol.Message}. What travels and what is stored is a
 * {@link dev.reprise.protocol.RawMessage}; {@link dev.reprise.protocol.wire.MessageCodec} turns one into the other. On
 * an invocation's stream it is a {@link dev.reprise.protocol.Frame}. Ids are in {@code id}, what an endpoint says of
 * itself is in {@code discovery}. Bytes and texts that break the rules end in
 * {@link dev.reprise.protocol.ProtocolException} and in nothing else.
 */
package dev.reprise.protocol;
