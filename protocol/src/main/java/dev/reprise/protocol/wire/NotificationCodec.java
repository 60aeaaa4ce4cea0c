package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolException;

/** The wire form of notifications: a completion's id is in field 1, a signal's in field 2 or 3. */
final class NotificationCodec {
    private NotificationCodec() {}

    static Bytes encode(Notification notification) {
        ProtoWriter writer = new ProtoWriter();
        requireFitting(notification);
        switch (notification.id()) {
            case CompletionId(int id) -> writer.present(1, Integer.toUnsignedLong(id));
            case SignalIndex(int index) -> writer.present(2, Integer.toUnsignedLong(index));
            case SignalName(String name) -> writer.optional(3, name);
        }
        ResultFields.of(notification.type()).write(writer, notification.result());
        return writer.toBytes();
    }

    private static void requireFitting(Notification notification) {
        boolean hasSignalId = !(notification.id() instanceof CompletionId);
        if (hasSignalId != (notification.type() == MessageType.SIGNAL)) {
            throw new IllegalArgumentException(notification.type() + " cannot answer " + notification.id());
        }
    }

    static Notification decode(MessageType type, Bytes body) {
        ProtoFields fields = ProtoFields.of(body);
        NotificationId id = type == MessageType.SIGNAL ? CommandReader.signal(fields) : completion(fields);
        return new Notification(type, id, ResultFields.of(type).read(fields));
    }

    private static CompletionId completion(ProtoFields fields) {
        if (!fields.has(1)) {
            throw new ProtocolException("a completion must name the completion id it answers");
        }
        return new CompletionId(fields.uint32(1));
    }
}
