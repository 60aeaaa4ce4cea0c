/**
 * The protobuf wire format of the messages, by hand. {@link dev.reprise.protocol.wire.MessageCodec} is the door.
 */
package dev.reprise.protocol.wire;
