package dev.reprise.protocol.wire;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;

/** Turns messages into bytes and back. Decoding trusts nothing: what it does not throw at is a valid message. */
public final class MessageCodec {
    private MessageCodec() {}

    public static RawMessage encode(Message message) {
        return switch (message) {
            case ControlMessage m -> ControlCodec.encode(m);
            case Command m -> CommandCodec.encode(m);
            case Notification m -> new RawMessage(m.type().code(), NotificationCodec.encode(m));
            case CustomEntry m -> new RawMessage(m.type(), m.body());
        };
    }

    /**
     * Reads a message.
     *
     * @throws ProtocolException when the type is unknown or the body is not that of a message of its type
     */
    public static Message decode(RawMessage raw) {
        int code = raw.type();
        if (code >= MessageType.CUSTOM_RANGE_START) {
            return new CustomEntry(code, raw.body());
        }
        MessageType type = MessageType.ofCode(code)
                .orElseThrow(() -> new ProtocolException("message type 0x%04X is unknown".formatted(code)));
        if (type.isCommand()) {
            return CommandCodec.decode(type, raw.body());
        }
        return type.isNotification()
                ? NotificationCodec.decode(type, raw.body())
                : ControlCodec.decode(type, raw.body());
    }
}
