package dev.reprise.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a handler awaits, beside its tree. */
class AwaitedCodecTest {
    private static final FutureTree LEAF = FutureTree.of(new CompletionId(1));
    private static final FutureTree TREE = FutureTree.race(List.of(LEAF));

    private static Awaited one(int id) {
        return new Awaited.One(new CompletionId(id));
    }

    private static Awaited group(String label, Awaited... members) {
        return new Awaited.Group(label, Kind.FIRST_COMPLETED, List.of(members));
    }

    @Test
    void awaited_throughAMessage_keepsLabelsAndOrder() {
        Awaited awaited = group(
                "at least 2 of 3",
                group("branch flight", one(0)),
                one(7),
                new Awaited.One(new SignalIndex(0)),
                group(""),
                new Awaited.One(new SignalName("go")));
        AwaitingOn message = new AwaitingOn(TREE, true, awaited);

        assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(message);
        assertThat(AwaitedCodec.decode(AwaitedCodec.encode(awaited))).isEqualTo(awaited);
    }

    @Test
    void message_withAwaited_isToRestatesServerTheOneWithout() throws InvalidProtocolBufferException {
        RawMessage with = MessageCodec.encode(new AwaitingOn(TREE, true, group("", one(1))));
        RawMessage without = MessageCodec.encode(new AwaitingOn(TREE, true));
        DynamicMessage read = DynamicMessage.parseFrom(
                Oracle.descriptor(MessageType.AWAITING_ON), with.body().array());

        assertThat(read.getUnknownFields().asMap()).hasSize(1);
        assertThat(read.getAllFields()).isEqualTo(Oracle.parse(without).getAllFields());
        assertThat(with.type()).isEqualTo(MessageType.AWAITING_ON.code());
    }

    @Test
    void decode_nestedTooDeep_isRefused() {
        Awaited deepest = one(1);
        for (int i = 0; i < Awaited.DEPTH_MAX; i++) {
            deepest = group("", deepest);
        }
        assertThat(AwaitedCodec.decode(AwaitedCodec.encode(deepest))).isEqualTo(deepest);
        Awaited tooDeep = group("", deepest);
        assertThatThrownBy(() -> AwaitedCodec.decode(AwaitedCodec.encode(tooDeep)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 100 deep");
    }

    @Test
    void decode_withTooManyParts_isRefused() {
        Awaited tooMany =
                group("", Collections.nCopies(Awaited.NODES_MAX, one(1)).toArray(Awaited[]::new));
        assertThatThrownBy(() -> AwaitedCodec.decode(AwaitedCodec.encode(tooMany)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 1000 parts");
    }

    @Test
    void of_treeOfAnySdk_leavesOutTheCancellation() {
        FutureTree all = FutureTree.all(List.of(LEAF, FutureTree.of(new CompletionId(2))));
        FutureTree cancel = FutureTree.of(SignalIndex.CANCEL);

        assertThat(Awaited.of(FutureTree.race(List.of(all, cancel))))
                .contains(new Awaited.Group("", Kind.ALL_SUCCEEDED_OR_FIRST_FAILED, List.of(one(1), one(2))));
        assertThat(Awaited.of(FutureTree.race(List.of(TREE, cancel)))).isEmpty();
        assertThat(Awaited.of(cancel)).isEmpty();
    }

    @Test
    void of_treeThatIsTooLarge_isNothing() {
        List<FutureTree> leaves = IntStream.rangeClosed(1, Awaited.NODES_MAX)
                .mapToObj(id -> FutureTree.of((NotificationId) new CompletionId(id)))
                .toList();

        assertThat(Awaited.of(FutureTree.race(leaves))).isEmpty();
        assertThat(Awaited.of(FutureTree.race(leaves.subList(1, leaves.size()))))
                .isPresent();
    }
}
