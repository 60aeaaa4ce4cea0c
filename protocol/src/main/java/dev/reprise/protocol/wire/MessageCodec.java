package dev.reprise.protocol.wire;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;

/**
 * Turns messages into their wire form and back. Stateless; any thread.
 *
 * <p>Decoding trusts nothing: it answers a valid message or throws {@link ProtocolException}. Fields it does not know
 * are passed over, so a newer peer is understood as far as possible.
 */
public final class MessageCodec {
    private static final int TYPE_MAX = 0xFFFF;

    private MessageCodec() {}

    /**
     * The wire form in the newest protocol version, which is also the stored form.
     *
     * @throws IllegalArgumentException when the message holds what its type does not allow
     */
    public static RawMessage encode(Message message) {
        return encode(message, ProtocolVersion.V7);
    }

    /**
     * The wire form in a protocol version. Only {@link ControlMessage.Suspension} differs: before V7 it lists the
     * leaves of its tree, and any of them resumes the invocation.
     *
     * @throws IllegalArgumentException when the message holds what its type does not allow
     */
    public static RawMessage encode(Message message, ProtocolVersion version) {
        return switch (message) {
            case ControlMessage m -> ControlCodec.encode(m, version);
            case Command m -> new RawMessage(MessageType.of(m).code(), CommandWriter.write(m));
            case Notification m -> new RawMessage(m.type().code(), NotificationCodec.encode(m));
            case CustomEntry m -> new RawMessage(custom(m.type()), m.body());
        };
    }

    /**
     * How often closures of runs have failed for the moment, as an {@link ControlMessage.ErrorMessage} or a {@link
     * ControlMessage.ProposeRunCompletion} of our SDK tells; 0 for any other. A glance at the first bytes if there is
     * nothing to tell.
     */
    public static int failedTries(RawMessage raw) {
        return raw.type() == MessageType.ERROR.code() || raw.type() == MessageType.PROPOSE_RUN_COMPLETION.code()
                ? ControlCodec.failedTries(raw.body())
                : 0;
    }

    private static int custom(int code) {
        if (!isCustom(code)) {
            throw new IllegalArgumentException("a custom entry's type is 0xFC00 to 0xFFFF, not 0x%04X".formatted(code));
        }
        return code;
    }

    private static boolean isCustom(int code) {
        return code >= MessageType.CUSTOM_RANGE_START && code <= TYPE_MAX;
    }

    /**
     * Reads a message in its form of any version.
     *
     * @throws ProtocolException when the type is unknown or the body is not that of a message of its type
     */
    public static Message decode(RawMessage raw) {
        int code = raw.type();
        if (isCustom(code)) {
            return new CustomEntry(code, raw.body());
        }
        MessageType type = MessageType.ofCode(code)
                .orElseThrow(() -> new ProtocolException("message type 0x%04X is unknown".formatted(code)));
        try {
            return decode(type, raw);
        } catch (ProtocolException e) {
            throw new ProtocolException(e.code(), type + " message: " + e.getMessage());
        }
    }

    private static Message decode(MessageType type, RawMessage raw) {
        if (type.isCommand()) {
            return CommandReader.read(type, raw.body());
        }
        return type.isNotification()
                ? NotificationCodec.decode(type, raw.body())
                : ControlCodec.decode(type, raw.body());
    }
}
