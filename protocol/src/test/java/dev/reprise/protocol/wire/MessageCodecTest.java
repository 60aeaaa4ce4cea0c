package dev.reprise.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
    private static final Result VALUE = new Result.Value(Bytes.utf8("\"v\""));
    private static final Result FAILED =
            new Result.Failed(new Failure(409, "no", List.of(new Failure.Metadata("k", "v"))));

    static List<Message> samples() {
        NotificationId signal = new NotificationId.SignalName("go");
        FutureTree tree = new FutureTree.Combinator(
                FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED,
                List.of(
                        new FutureTree.Leaf(new NotificationId.CompletionId(3)),
                        new FutureTree.Combinator(
                                FutureTree.Kind.FIRST_COMPLETED,
                                List.of(
                                        new FutureTree.Leaf(new NotificationId.SignalIndex(17)),
                                        new FutureTree.Leaf(signal)))));
        List<Header> headers = List.of(new Header("a", "b"), new Header("a", ""));
        return List.of(
                new ControlMessage.Start(
                        Bytes.utf8("id"),
                        "inv_1",
                        3,
                        List.of(new ControlMessage.StateEntry(Bytes.utf8("k"), Bytes.EMPTY)),
                        true,
                        "key",
                        1,
                        2,
                        -3,
                        "scope",
                        null,
                        ""),
                new ControlMessage.Suspension(tree),
                new ControlMessage.ErrorMessage(500, "m", "st", 0, "n", 0x0411, 5L, ControlMessage.ErrorBehavior.PAUSE),
                ControlMessage.End.INSTANCE,
                new ControlMessage.CommandAck(7),
                new ControlMessage.ProposeRunCompletion(4, new Result.Value(Bytes.EMPTY)),
                new ControlMessage.ProposeRunCompletion(4, FAILED),
                new ControlMessage.AwaitingOn(tree, true),
                new ControlMessage.ProposeRunCompletionAck(9),
                new Command.Input(headers, Bytes.utf8("x"), ""),
                new Command.Output(VALUE, "out"),
                new Command.Output(FAILED, ""),
                new Command.GetLazyState(Bytes.utf8("k"), 1, ""),
                new Command.SetState(Bytes.utf8("k"), Bytes.EMPTY, ""),
                new Command.ClearState(Bytes.utf8("k"), ""),
                new Command.ClearAllState("n"),
                new Command.GetLazyStateKeys(2, ""),
                new Command.GetEagerState(Bytes.utf8("k"), Result.Empty.INSTANCE, ""),
                new Command.GetEagerState(Bytes.utf8("k"), VALUE, ""),
                new Command.GetEagerStateKeys(List.of(Bytes.utf8("a"), Bytes.EMPTY), ""),
                new Command.GetPromise("p", 3, ""),
                new Command.PeekPromise("p", 3, ""),
                new Command.CompletePromise("p", FAILED, 3, ""),
                new Command.Sleep(1L << 40, 4, "nap"),
                new Command.Call("S", "h", Bytes.utf8("1"), headers, "k", "idem", null, "limit", 5, 6, ""),
                new Command.OneWayCall("S", "h", Bytes.utf8("1"), 12, headers, "", null, "sc", null, 5, ""),
                new Command.SendSignal("inv_1x", signal, Result.Empty.INSTANCE, ""),
                new Command.Run(1, "step"),
                new Command.AttachInvocation(new InvocationReference.ById("inv_1x"), 2, ""),
                new Command.GetInvocationOutput(
                        new InvocationReference.ByIdempotencyKey("S", null, "h", "i", null), 2, ""),
                new Command.AttachInvocation(new InvocationReference.ByWorkflow("W", "k", "s"), 2, ""),
                new Command.CompleteAwakeable("sign_1x", VALUE, ""),
                new Notification(MessageType.RUN_COMPLETION, new NotificationId.CompletionId(1), VALUE),
                new Notification(
                        MessageType.SLEEP_COMPLETION, new NotificationId.CompletionId(1), Result.Empty.INSTANCE),
                new Notification(
                        MessageType.CALL_INVOCATION_ID_COMPLETION,
                        new NotificationId.CompletionId(2),
                        new Result.InvocationIdValue("inv_1x")),
                new Notification(
                        MessageType.GET_LAZY_STATE_KEYS_COMPLETION,
                        new NotificationId.CompletionId(2),
                        new Result.StateKeys(List.of(Bytes.utf8("k")))),
                new Notification(MessageType.SIGNAL, NotificationId.SignalIndex.CANCEL, Result.Empty.INSTANCE),
                new Notification(MessageType.SIGNAL, signal, FAILED),
                new CustomEntry(0xFC01, Bytes.utf8("custom")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void message_encodedAndDecoded_isEqual(Message message) {
        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void run_encoded_hasTheBytesOfTheProtocol() {
        RawMessage raw = MessageCodec.encode(new Command.Run(1, "step"));

        assertThat(raw.type()).isEqualTo(0x0411);
        assertThat(HexFormat.of().formatHex(raw.body().array())).isEqualTo("5801" + "6204" + "73746570");
    }

    @Test
    void sleepCompletion_encoded_hasTheBytesOfTheProtocol() {
        RawMessage raw = MessageCodec.encode(new Notification(
                MessageType.SLEEP_COMPLETION, new NotificationId.CompletionId(300), Result.Empty.INSTANCE));

        assertThat(raw.type()).isEqualTo(0x800C);
        assertThat(HexFormat.of().formatHex(raw.body().array())).isEqualTo("08ac02" + "2200");
    }

    @Test
    void decode_mutatedBytes_throwsOnlyProtocolExceptions() {
        Random random = new Random(42);
        List<Message> samples = samples();
        int rejected = 0;
        for (int i = 0; i < 200_000; i++) {
            RawMessage raw = MessageCodec.encode(samples.get(random.nextInt(samples.size())));
            byte[] body = raw.body().toArray();
            for (int flips = random.nextInt(4); flips >= 0 && body.length > 0; flips--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(body, random.nextInt(body.length + 1));
            try {
                MessageCodec.decode(new RawMessage(raw.type(), Bytes.wrap(cut)));
            } catch (ProtocolException e) {
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(1_000);
    }

    @Test
    void decode_deepAwaitTree_isRejected() {
        ProtoWriter node = new ProtoWriter().present(1, 1);
        for (int i = 0; i < FutureTree.DEPTH_MAX + 10; i++) {
            node = new ProtoWriter().message(4, node);
        }
        Bytes body = new ProtoWriter().message(4, node).toBytes();

        assertThatThrownBy(() -> MessageCodec.decode(new RawMessage(MessageType.SUSPENSION.code(), body)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void decode_unknownType_isRejected() {
        assertThatThrownBy(() -> MessageCodec.decode(new RawMessage(0x0500, Bytes.EMPTY)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("0x0500");
    }
}
