package dev.reprise.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our codec against the protobuf library. */
class OracleTest {
    private static final int ROUNDS = 500;

    static List<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sample_encodedByUs_isWhatTheOracleReads(Sample sample) {
        RawMessage encoded = MessageCodec.encode(sample.message());

        assertThat(encoded.type()).isEqualTo(sample.type().code());
        assertThat(Oracle.parse(encoded)).isEqualTo(Oracle.fromText(sample.type(), sample.text()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sample_encodedByTheOracle_isWhatWeRead(Sample sample) {
        RawMessage encoded = Oracle.raw(sample.type(), Oracle.fromText(sample.type(), sample.text()));

        assertThat(MessageCodec.decode(encoded)).isEqualTo(sample.message());
    }

    @ParameterizedTest
    @EnumSource
    void samples_ofEveryType_areThere(MessageType type) {
        assertThat(Sample.all()).anyMatch(sample -> sample.type() == type);
    }

    @ParameterizedTest
    @EnumSource
    void random_throughUs_comesBackWhole(MessageType type) {
        RandomMessages messages = new RandomMessages(type.code());
        for (int i = 0; i < ROUNDS; i++) {
            DynamicMessage original = messages.next(Oracle.descriptor(type));
            Message decoded = MessageCodec.decode(Oracle.raw(type, original));
            RawMessage encoded = MessageCodec.encode(decoded);

            assertThat(Oracle.parse(encoded)).isEqualTo(original);
            assertThat(MessageCodec.decode(encoded)).isEqualTo(decoded);
        }
    }

    @ParameterizedTest
    @EnumSource
    void random_withFieldsOfAFutureVersion_readsTheSame(MessageType type) {
        RandomMessages messages = new RandomMessages(-type.code());
        UnknownFieldSet.Field future = UnknownFieldSet.Field.newBuilder()
                .addVarint(-1)
                .addFixed32(7)
                .addFixed64(8)
                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                .build();
        UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(1000, future)
                .addField(536_870_911, future)
                .build();
        for (int i = 0; i < 20; i++) {
            DynamicMessage original = messages.next(Oracle.descriptor(type));
            DynamicMessage extended =
                    original.toBuilder().setUnknownFields(fields).build();

            assertThat(MessageCodec.decode(Oracle.raw(type, extended)))
                    .isEqualTo(MessageCodec.decode(Oracle.raw(type, original)));
        }
    }

    @Test
    void suspension_beforeV7_listsItsLeaves() {
        FutureTree tree = FutureTree.all(List.of(
                FutureTree.of(new CompletionId(3)),
                FutureTree.race(List.of(
                        FutureTree.of(new SignalIndex(17)),
                        FutureTree.of(new SignalName("go")),
                        FutureTree.of(new CompletionId(4))))));
        RawMessage encoded = MessageCodec.encode(new Suspension(tree), ProtocolVersion.V6);
        DynamicMessage read = Oracle.parse(Oracle.descriptor("SuspensionV6"), encoded.body());

        assertThat(read).hasToString("""
                waiting_completions: 3
                waiting_completions: 4
                waiting_signals: 17
                waiting_named_signals: "go"
                """);
        assertThat(MessageCodec.decode(encoded))
                .isEqualTo(new Suspension(FutureTree.unknown(List.of(
                        FutureTree.of(new CompletionId(3)),
                        FutureTree.of(new CompletionId(4)),
                        FutureTree.of(new SignalIndex(17)),
                        FutureTree.of(new SignalName("go"))))));
    }

    @Test
    void suspension_ofBeforeV7WithPackedIds_isRead() {
        RandomMessages messages = new RandomMessages(6);
        for (int i = 0; i < ROUNDS; i++) {
            DynamicMessage original = messages.next(Oracle.descriptor("SuspensionV6"));
            Bytes body = Oracle.bytes(original.toByteString());
            Message decoded = MessageCodec.decode(new RawMessage(MessageType.SUSPENSION.code(), body));
            RawMessage encoded = MessageCodec.encode(decoded, ProtocolVersion.V5);

            assertThat(Oracle.parse(Oracle.descriptor("SuspensionV6"), encoded.body()))
                    .isEqualTo(original);
        }
    }
}
