package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The suspension message before V7, which has no tree: field 1 holds completion ids, 2 signal indexes, 3 signal names,
 * each repeated. Any one of them resumes the invocation.
 */
final class LegacySuspension {
    private static final int COMPLETIONS_TAG = 1 << 3;
    private static final int SIGNALS_TAG = 2 << 3;
    private static final int NAMED_SIGNALS_TAG = 3 << 3 | 2;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private LegacySuspension() {}

    static RawMessage of(FutureTree tree) {
        LegacySuspension message = new LegacySuspension();
        tree.forEachLeaf(message::leaf);
        return new RawMessage(MessageType.SUSPENSION.code(), Bytes.wrap(message.body.toByteArray()));
    }

    private void leaf(NotificationId id) {
        switch (id) {
            case NotificationId.CompletionId(int completion) -> {
                varint(COMPLETIONS_TAG);
                varint(completion);
            }
            case NotificationId.SignalIndex(int signal) -> {
                varint(SIGNALS_TAG);
                varint(signal);
            }
            case NotificationId.SignalName(String name) -> {
                byte[] text = name.getBytes(StandardCharsets.UTF_8);
                varint(NAMED_SIGNALS_TAG);
                varint(text.length);
                body.writeBytes(text);
            }
        }
    }

    private void varint(int unsigned) {
        int rest = unsigned;
        while ((rest & ~0x7F) != 0) {
            body.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        body.write(rest);
    }
}
