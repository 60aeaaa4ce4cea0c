package dev.reprise.protocol;

/**
 * A message as it travels and as it is stored: its type and its encoded body. {@code MessageCodec} turns it into a
 * {@link Message} and back.
 *
 * @param type the 16-bit message type, see {@link MessageType}
 * @param body the protobuf encoding of the message, without the frame header
 */
public record RawMessage(int type, Bytes body) {}
