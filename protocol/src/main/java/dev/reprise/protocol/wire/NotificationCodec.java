package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.wire.Parts.ResultFields;

/** Notifications: all share one set of field numbers. */
final class NotificationCodec {
    private NotificationCodec() {}

    static Bytes encode(Notification notification) {
        ProtoWriter writer = new ProtoWriter();
        switch (notification.id()) {
            case NotificationId.CompletionId(int id) -> writer.present(1, id);
            case NotificationId.SignalIndex(int index) -> writer.present(2, index);
            case NotificationId.SignalName(String name) -> writer.optional(3, name);
        }
        ResultFields.NOTIFICATION.write(writer, notification.result());
        return writer.toBytes();
    }

    static Notification decode(MessageType type, Bytes body) {
        ProtoFields fields = ProtoFields.of(body);
        return new Notification(type, id(fields), ResultFields.NOTIFICATION.read(fields));
    }

    private static NotificationId id(ProtoFields fields) {
        if (fields.has(1)) {
            return new NotificationId.CompletionId(fields.uint32(1));
        }
        if (fields.has(2)) {
            return new NotificationId.SignalIndex(fields.uint32(2));
        }
        if (fields.has(3)) {
            return new NotificationId.SignalName(fields.string(3));
        }
        throw new ProtocolException("a notification must name a completion or a signal");
    }
}
