/**
 * The protobuf wire form of the messages, written by hand.
 *
 * <p>{@link dev.reprise.protocol.wire.MessageCodec} turns a message into its type and body;
 * {@link dev.reprise.protocol.FrameEncoder} and {@link dev.reprise.protocol.FrameDecoder} put these on a stream
 * and find them in it again. Below, one class per family of messages reads and writes fields by their numbers; what the
 * numbers mean is in Restate's {@code protocol.proto}, and the tests hold every message against that schema.
 */
package dev.reprise.protocol.wire;
