package dev.reprise.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden bytes, and what must be refused. That the rest is right shows in {@link OracleTest}. */
class MessageCodecTest {
    private static Message decode(MessageType type, String hex) {
        return MessageCodec.decode(
                new RawMessage(type.code(), Bytes.wrap(HexFormat.of().parseHex(hex))));
    }

    private static Notification completion(MessageType type, Result result) {
        return new Notification(type, new CompletionId(300), result);
    }

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(new Command.Run(1, "step"), 0x0411, "5801" + "620473746570"),
                Arguments.of(new Command.Sleep(1, 2, ""), 0x040C, "0801" + "5802"),
                Arguments.of(
                        completion(MessageType.SLEEP_COMPLETION, Result.Empty.INSTANCE), 0x800C, "08ac02" + "2200"),
                Arguments.of(
                        completion(MessageType.RUN_COMPLETION, new Result.Value(Bytes.EMPTY)),
                        0x8011,
                        "08ac02" + "2a00"),
                Arguments.of(
                        new Notification(MessageType.SIGNAL, NotificationId.SignalIndex.CANCEL, Result.Empty.INSTANCE),
                        0xFBFF,
                        "1001" + "2200"),
                Arguments.of(
                        new ControlMessage.ProposeRunCompletion(1, new Result.Value(Bytes.EMPTY)),
                        0x0005,
                        "0801" + "7200"),
                Arguments.of(new ControlMessage.CommandAck(-1), 0x0004, "08ffffffff0f"),
                Arguments.of(new CustomEntry(0xFC00, Bytes.utf8("own")), 0xFC00, "6f776e"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void message_hasTheBytesOfTheProtocol(Message message, int type, String hex) {
        RawMessage raw = new RawMessage(type, Bytes.wrap(HexFormat.of().parseHex(hex)));

        assertThat(MessageCodec.encode(message)).isEqualTo(raw);
        assertThat(MessageCodec.decode(raw)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "RUN, 58, the message ends inside a number",
        "RUN, 5880, the message ends inside a number",
        "RUN, 58ffffffffffffffffffff01, a number is longer than ten bytes",
        "RUN, 5a0101, field 11 must have wire type 0",
        "RUN, 5d01000000, field 11 must have wire type 0",
        "RUN, 6001, field 12 must have wire type 2",
        "RUN, 6205, 'field 12 claims 5 bytes, 0 are left'",
        "RUN, 62ffffffff0f, 'field 12 claims 4294967295 bytes, 0 are left'",
        "RUN, 62ffffffffffffffffff01, 'field 12 claims 18446744073709551615 bytes'",
        "RUN, 6202c328, field 12 must be UTF-8 text",
        "RUN, 6201ff, field 12 must be UTF-8 text",
        "RUN, 02, field number 0",
        "RUN, 5b5c, wire type 3 of field 11 is unknown",
        "RUN, 5f, wire type 7 of field 11 is unknown",
        "RUN, f9ffffff7f, field number 4294967295",
        "SLEEP, 09000000, 'field 1 claims 8 bytes, 3 are left'",
        "OUTPUT, '', the message must have a result",
        "SET_STATE, 1a020a05, 'field 1 claims 5 bytes'",
        "GET_EAGER_STATE, 0a016b, the message must have a result",
        "SEND_SIGNAL, 2200, a signal must have an index or a name",
        "SEND_SIGNAL, 1001, the message must have a result",
        "ATTACH_INVOCATION, 5801, 'an invocation must be named'",
        "PROPOSE_RUN_COMPLETION, 0801, must have a value or a failure",
        "RUN_COMPLETION, 2a00, a completion must name the completion id",
        "RUN_COMPLETION, 0801, the message must have a result",
        "RUN_COMPLETION, 08012200, the message must have a result",
        "CALL_INVOCATION_ID_COMPLETION, 0801, the message must have a result",
        "SIGNAL, 2200, a signal must have an index or a name",
        "SUSPENSION, '', a node that awaits nothing",
        "SUSPENSION, 2200, a node that awaits nothing",
        "SUSPENSION, 220408012200, a node that awaits nothing",
        "SUSPENSION, 220408012805, combinator type 5 is unknown",
        "AWAITING_ON, '', a node that awaits nothing",
        "ERROR, 4803, error behavior 3 is unknown"
    })
    void decode_malformed_saysWhatWasFound(MessageType type, String hex, String expected) {
        assertThatThrownBy(() -> decode(type, hex))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(type + " message: ")
                .hasMessageContaining(expected)
                .extracting(thrown -> ((ProtocolException) thrown).code())
                .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }

    @ParameterizedTest
    @CsvSource({"0x0008", "0x0010", "0x040F", "0x0500", "0x7FFF", "0x8000", "0xFBFE", "0x10000", "-1"})
    void decode_unknownType_isRefused(int type) {
        assertThatThrownBy(() -> MessageCodec.decode(new RawMessage(type, Bytes.EMPTY)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("is unknown");
    }

    @Test
    void decode_ofWhatMayBeLeftOut_takesTheDefault() {
        assertThat(decode(MessageType.RUN, "")).isEqualTo(new Command.Run(0, ""));
        assertThat(decode(MessageType.INPUT, "")).isEqualTo(new Command.Input(List.of(), Bytes.EMPTY, ""));
        assertThat(decode(MessageType.GET_EAGER_STATE_KEYS, ""))
                .isEqualTo(new Command.GetEagerStateKeys(List.of(), ""));
        assertThat(decode(MessageType.SLEEP_COMPLETION, "08ac02"))
                .isEqualTo(completion(MessageType.SLEEP_COMPLETION, Result.Empty.INSTANCE));
        assertThat(decode(MessageType.GET_LAZY_STATE_KEYS_COMPLETION, "08ac02"))
                .isEqualTo(completion(MessageType.GET_LAZY_STATE_KEYS_COMPLETION, new Result.StateKeys(List.of())));
    }

    @Test
    void decode_repeatedSingularField_takesTheLast() {
        assertThat(decode(MessageType.RUN, "5801" + "5802")).isEqualTo(new Command.Run(2, ""));
        assertThat(decode(MessageType.OUTPUT, "7a020809" + "7200"))
                .isEqualTo(new Command.Output(new Result.Value(Bytes.EMPTY), ""));
    }

    @Test
    void decode_emptyScopeAndLimitKey_areNone() {
        assertThat(decode(MessageType.CALL, "3a00" + "4200"))
                .isEqualTo(new Command.Call("", "", Bytes.EMPTY, List.of(), "", null, null, null, 0, 0, ""));
        assertThat(decode(MessageType.ATTACH_INVOCATION, "22021a00"))
                .isEqualTo(new Command.AttachInvocation(new InvocationReference.ByWorkflow("", "", null), 0, ""));
    }

    private static FutureTree nested(int depth) {
        FutureTree tree = FutureTree.of(new CompletionId(1));
        for (int i = 0; i <= depth; i++) {
            tree = FutureTree.allSettled(List.of(tree));
        }
        return tree;
    }

    @Test
    void tree_asDeepAsAllowed_roundTrips() {
        Suspension deepest = new Suspension(nested(FutureTree.DEPTH_MAX));

        Suspension decoded = (Suspension) MessageCodec.decode(MessageCodec.encode(deepest));

        assertThat(decoded.awaitingOn().depth()).isEqualTo(FutureTree.DEPTH_MAX);
    }

    @Test
    void tree_deeper_isRefusedBothWays() {
        ProtoWriter bomb = new ProtoWriter().present(1, 1);
        for (int i = 0; i < 20_000; i++) {
            bomb = new ProtoWriter().message(4, bomb);
        }
        RawMessage raw = new RawMessage(MessageType.SUSPENSION.code(), bomb.toBytes());

        assertThatThrownBy(() -> MessageCodec.decode(raw))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("deeper than 1000");
        assertThatThrownBy(() -> MessageCodec.encode(new Suspension(nested(FutureTree.DEPTH_MAX + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this one is 1001");
    }

    static List<Message> notAllowed() {
        return List.of(
                new Command.Output(Result.Empty.INSTANCE, ""),
                new Command.SendSignal("inv_1", new CompletionId(1), Result.Empty.INSTANCE, ""),
                new ControlMessage.ProposeRunCompletion(1, Result.Empty.INSTANCE),
                completion(MessageType.RUN_COMPLETION, Result.Empty.INSTANCE),
                completion(MessageType.SLEEP_COMPLETION, new Result.Value(Bytes.EMPTY)),
                completion(MessageType.SIGNAL, Result.Empty.INSTANCE),
                completion(MessageType.RUN, Result.Empty.INSTANCE),
                new Notification(MessageType.RUN_COMPLETION, NotificationId.SignalIndex.CANCEL, Result.Empty.INSTANCE),
                new CustomEntry(0x0400, Bytes.EMPTY),
                new CustomEntry(0x1FC00, Bytes.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("notAllowed")
    void encode_ofWhatTheTypeDoesNotAllow_isRefused(Message message) {
        assertThatThrownBy(() -> MessageCodec.encode(message)).isInstanceOf(IllegalArgumentException.class);
    }
}
