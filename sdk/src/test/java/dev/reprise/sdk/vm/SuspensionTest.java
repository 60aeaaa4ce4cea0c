package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.all;
import static dev.reprise.sdk.vm.Conversation.leaf;
import static dev.reprise.sdk.vm.Conversation.orCancelled;
import static dev.reprise.sdk.vm.Conversation.race;
import static dev.reprise.sdk.vm.Conversation.sleep;
import static dev.reprise.sdk.vm.Conversation.sleepCompleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuspensionTest {
    @Test
    void suspend_onV7_writesTheTreeBesideTheCancelSignal() {
        Conversation engine = Conversation.onV7().replay().closeInput();
        AwakeableHandle awakeable = engine.machine.createAwakeable();
        FutureTree tree = all(leaf(awakeable.signal()), race(leaf(1), leaf(new SignalName("approved"))));

        engine.machine.suspend(tree);

        engine.expect(new Suspension(orCancelled(tree)));
        assertThat(engine.machine.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"V5", "V6"})
    void suspend_beforeV7_writesTheLeavesFlat(ProtocolVersion version) {
        Conversation engine = Conversation.on(version).replay().closeInput();
        FutureTree tree = all(leaf(300), race(leaf(2), leaf(new SignalIndex(17)), leaf(new SignalName("ok"))));

        engine.machine.suspend(tree);

        // fields: 1 = 300, 1 = 2, 2 = 17, 3 = "ok", 2 = 1
        byte[] body = HexFormat.ofDelimiter(" ").parseHex("08 ac 02 08 02 10 11 1a 02 6f 6b 10 01");
        assertThat(engine.machine.takeOutput())
                .containsExactly(new RawMessage(MessageType.SUSPENSION.code(), Bytes.wrap(body)));
    }

    @Test
    void suspend_onNothing_writesTheCancelSignalAlone() {
        Conversation engine = Conversation.onV7().replay().closeInput();

        engine.machine.suspend(race());

        engine.expect(new Suspension(race(leaf(SignalIndex.CANCEL))));
    }

    @Test
    void suspend_afterLastReplayedCommand_allowed() {
        Conversation engine = Conversation.onV7().replay(sleep(1)).closeInput();
        engine.machine.sleep(0, "");

        assertThat(engine.machine.takeNotification()).isEmpty();
        engine.machine.suspend(leaf(1));

        engine.expect(new Suspension(orCancelled(leaf(1))));
    }

    @Test
    void awaitingOn_sameTreeTwice_writtenOnce() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.awaitingOn(leaf(1), false, null);
        engine.receive(sleepCompleted(9));
        engine.machine.takeNotification();
        engine.machine.awaitingOn(leaf(1), false, null);

        engine.expect(new AwaitingOn(orCancelled(leaf(1)), false));
    }

    @Test
    void awaitingOn_afterAnotherMessage_writtenAgain() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.awaitingOn(leaf(1), false, null);
        engine.machine.sleep(0, "");
        engine.machine.awaitingOn(leaf(1), false, null);

        AwaitingOn awaiting = new AwaitingOn(orCancelled(leaf(1)), false);
        engine.expect(awaiting, sleep(1), awaiting);
    }

    @Test
    void awaitingOn_treeShrinks_writtenForEachTree() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.awaitingOn(all(leaf(1), leaf(2)), false, null);
        engine.machine.awaitingOn(all(leaf(2)), false, null);

        engine.expect(
                new AwaitingOn(orCancelled(all(leaf(1), leaf(2))), false),
                new AwaitingOn(orCancelled(all(leaf(2))), false));
    }

    @ParameterizedTest
    @EnumSource(names = {"V5", "V6"})
    void awaitingOn_beforeV7_writesNothing(ProtocolVersion version) {
        Conversation engine = Conversation.on(version).replay();

        engine.machine.awaitingOn(leaf(1), false, null);

        engine.expect();
    }

    @Test
    void notificationsAfterSuspension_ignored() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.suspend(leaf(1));
        engine.output();

        engine.receive(sleepCompleted(1)).closeInput();
        engine.machine.fail(AttemptError.of(500, "late"));

        engine.expect();
    }
}
