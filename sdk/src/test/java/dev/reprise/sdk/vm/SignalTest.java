package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.signalled;
import static dev.reprise.sdk.vm.Conversation.sleepCompleted;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalTest {
    private static final Result FAILED = new Result.Failed(new Failure(500, "no"));

    @Test
    void awakeables_areNumberedFrom17_andWriteNothing() {
        Conversation engine = Conversation.onV7().replay();

        AwakeableHandle first = engine.machine.createAwakeable();
        AwakeableHandle second = engine.machine.createAwakeable();

        assertThat(first.signal()).isEqualTo(new SignalIndex(17));
        assertThat(second.signal()).isEqualTo(new SignalIndex(18));
        assertThat(AwakeableId.parse(first.id())).isEqualTo(new AwakeableId(Conversation.ID, 17));
        assertThat(AwakeableId.parse(second.id())).isEqualTo(new AwakeableId(Conversation.ID, 18));
        engine.expect();
    }

    @Test
    void signals_beforeAnyoneAsked_areHandedOutInTheirOrder() {
        Conversation engine = Conversation.onV7()
                .replay(signalled("approved", "by name"), sleepCompleted(9), signalled(17, "by index"));

        assertThat(engine.machine.signal("approved")).isEqualTo(new SignalName("approved"));
        assertThat(engine.machine.takeNotification()).contains(signalled("approved", "by name"));
        assertThat(engine.machine.takeNotification()).contains(sleepCompleted(9));
        assertThat(engine.machine.takeNotification()).contains(signalled(17, "by index"));
        assertThat(engine.machine.takeNotification()).isEmpty();
    }

    @Test
    void completeAwakeable_valueAndFailure_areWritten() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.completeAwakeable("sign_1abc", value("yes"));
        engine.machine.completeAwakeable("sign_1abc", FAILED);

        engine.expect(
                new Command.CompleteAwakeable("sign_1abc", value("yes"), ""),
                new Command.CompleteAwakeable("sign_1abc", FAILED, ""));
    }

    @Test
    void sendSignal_valueAndFailure_areWritten() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.sendSignal("inv_1other", "approved", value("yes"));
        engine.machine.sendSignal("inv_1other", "approved", FAILED);

        SignalName name = new SignalName("approved");
        engine.expect(
                new Command.SendSignal("inv_1other", name, value("yes"), ""),
                new Command.SendSignal("inv_1other", name, FAILED, ""));
    }

    @Test
    void completeAwakeable_withMetadataOnV5_unsupported() {
        Conversation engine = Conversation.on(ProtocolVersion.V5).replay();
        Result failed = new Result.Failed(new Failure(500, "no", List.of(new Failure.Metadata("k", "v"))));

        assertThatThrownBy(() -> engine.machine.completeAwakeable("sign_1abc", failed))
                .isInstanceOf(AttemptClosedException.class);
        engine.expectError(573);
    }
}
