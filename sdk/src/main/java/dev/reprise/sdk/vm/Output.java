package dev.reprise.sdk.vm;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages to the engine that were not taken yet, in the form that their protocol version requires. */
final class Output {
    private final ProtocolVersion version;
    private List<RawMessage> messages = new ArrayList<>();
    private @Nullable AwaitingOn lastAwaited;

    Output(ProtocolVersion version) {
        this.version = version;
    }

    void send(Message message) {
        add(MessageCodec.encode(message));
    }

    /** The announcement of a wait also names the next cancel signal. */
    void suspend(FutureTree tree) {
        if (version.compareTo(ProtocolVersion.V7) >= 0) {
            send(new Suspension(orCancelled(tree)));
        } else {
            add(LegacySuspension.of(orCancelled(tree)));
        }
    }

    private static FutureTree orCancelled(FutureTree tree) {
        FutureTree cancelled = new FutureTree.Leaf(SignalIndex.CANCEL);
        return FutureTree.race(tree.isEmpty() ? List.of(cancelled) : List.of(tree, cancelled));
    }

    /** Written since V7, unless it repeats the message before it. */
    void awaitingOn(FutureTree tree, boolean executingRuns, @Nullable Awaited description) {
        AwaitingOn awaited = new AwaitingOn(orCancelled(tree), executingRuns, description);
        if (tellsWhatItAwaits() && !awaited.equals(lastAwaited)) {
            send(awaited);
            lastAwaited = awaited;
        }
    }

    boolean tellsWhatItAwaits() {
        return version.compareTo(ProtocolVersion.V7) >= 0;
    }

    List<RawMessage> take() {
        List<RawMessage> taken = messages;
        messages = new ArrayList<>();
        return taken;
    }

    private void add(RawMessage message) {
        messages.add(message);
        lastAwaited = null;
    }
}
