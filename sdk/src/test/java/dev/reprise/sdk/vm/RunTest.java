package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.leaf;
import static dev.reprise.sdk.vm.Conversation.orCancelled;
import static dev.reprise.sdk.vm.Conversation.run;
import static dev.reprise.sdk.vm.Conversation.runCompleted;
import static dev.reprise.sdk.vm.Conversation.sleep;
import static dev.reprise.sdk.vm.Conversation.sleepCompleted;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Invariants.InvariantViolation;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunTest {
    private static final CompletionId FIRST = new CompletionId(1);
    private static final CompletionId SECOND = new CompletionId(2);

    private static ProposeRunCompletion proposal(int id, String text) {
        return new ProposeRunCompletion(id, value(text));
    }

    @Test
    void run_proposedAndAcknowledged_notificationCarriesTheProposal() {
        Conversation engine = Conversation.onV7().replay();
        RunHandle run = engine.machine.run("a");

        assertThat(run).isEqualTo(new RunHandle(FIRST, false, false));
        engine.machine.proposeRunCompletion(FIRST, value("result"));
        assertThat(engine.machine.takeNotification()).isEmpty();
        engine.receive(new ProposeRunCompletionAck(1));

        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "result"));
        engine.expect(run(1, "a"), proposal(1, "result"));
    }

    @Test
    void run_failureProposedAndAcknowledged_notificationCarriesTheFailure() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        Result failed = new Result.Failed(new Failure(500, "broken", List.of(new Failure.Metadata("k", "v"))));

        engine.machine.proposeRunCompletion(FIRST, failed);
        engine.receive(new ProposeRunCompletionAck(1));

        assertThat(engine.machine.takeNotification().orElseThrow().result()).isEqualTo(failed);
    }

    @ParameterizedTest
    @EnumSource(names = {"V5", "V6"})
    void run_proposedBeforeV7_fullNotificationComes(ProtocolVersion version) {
        Conversation engine = Conversation.on(version).replay();
        engine.machine.run("a");

        engine.machine.proposeRunCompletion(FIRST, value("result"));
        engine.receive(runCompleted(1, "result"));

        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "result"));
        assertThat(engine.machine.takeNotification()).isEmpty();
        engine.expect(run(1, "a"), proposal(1, "result"));
    }

    @Test
    void acknowledgements_inOtherOrderThanProposals_orderNotifications() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        engine.machine.run("b");
        engine.machine.sleep(0, "");
        engine.machine.proposeRunCompletion(FIRST, value("1"));
        engine.machine.proposeRunCompletion(SECOND, value("2"));

        engine.receive(new ProposeRunCompletionAck(2), sleepCompleted(3), new ProposeRunCompletionAck(1));

        assertThat(engine.machine.takeNotification()).contains(runCompleted(2, "2"));
        assertThat(engine.machine.takeNotification()).contains(sleepCompleted(3));
        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "1"));
    }

    @Test
    void notificationInsteadOfAcknowledgement_onV7_taken() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        engine.machine.proposeRunCompletion(FIRST, value("1"));

        engine.receive(runCompleted(1, "1"));

        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "1"));
    }

    @Test
    void acknowledgement_ofUnknownRun_protocolViolation() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        engine.machine.proposeRunCompletion(FIRST, value("1"));

        engine.receive(new ProposeRunCompletionAck(99));

        assertThat(engine.expectError(571).message()).contains("99");
    }

    @Test
    void acknowledgement_whileReplaying_protocolViolation() {
        Conversation engine = Conversation.onV7().replay(run(1, "a")).receive(new ProposeRunCompletionAck(1));

        engine.expectError(571);
    }

    @Test
    void run_withResultInJournal_notExecuted() {
        Conversation engine = Conversation.onV7().replay(run(1, "a"), runCompleted(1, "old"));

        assertThat(engine.machine.run("a")).isEqualTo(new RunHandle(FIRST, true, true));
        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "old"));
        engine.expect();
    }

    @Test
    void run_withResultBehindLaterCommands_notExecuted() {
        Conversation engine =
                Conversation.onV7().replay(run(1, "a"), sleep(2), sleepCompleted(2), runCompleted(1, "old"));

        assertThat(engine.machine.run("a").replayed()).isTrue();
        engine.machine.sleep(7, "");

        assertThat(engine.machine.takeNotification()).contains(sleepCompleted(2));
        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "old"));
    }

    @Test
    void proposal_whileReplaying_heldUntilReplayIsOver() {
        Conversation engine = Conversation.onV7().replay(run(1, "a"), sleep(2));
        engine.machine.run("a");

        engine.machine.proposeRunCompletion(FIRST, value("early"));
        engine.expect();
        engine.machine.sleep(0, "");

        engine.expect(proposal(1, "early"));
        engine.receive(new ProposeRunCompletionAck(1));
        assertThat(engine.machine.takeNotification()).contains(runCompleted(1, "early"));
    }

    @Test
    void proposal_afterInputClosed_sentThenSuspended() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");

        engine.closeInput();
        assertThat(engine.machine.isInputClosed()).isTrue();
        engine.machine.proposeRunCompletion(FIRST, value("1"));
        engine.machine.suspend(leaf(1));

        engine.expect(run(1, "a"), proposal(1, "1"), new Suspension(orCancelled(leaf(1))));
    }

    @Test
    void proposal_waitingForAcknowledgement_awaitingOnTellsTheTree() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");

        engine.machine.awaitingOn(leaf(1), true, null);
        engine.machine.proposeRunCompletion(FIRST, value("1"));
        engine.machine.awaitingOn(leaf(1), false, null);

        engine.expect(
                run(1, "a"),
                new AwaitingOn(orCancelled(leaf(1)), true),
                proposal(1, "1"),
                new AwaitingOn(orCancelled(leaf(1)), false));
    }

    @Test
    void proposal_twiceForOneRun_invariantBroken() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        engine.machine.proposeRunCompletion(FIRST, value("1"));

        assertThatThrownBy(() -> engine.machine.proposeRunCompletion(FIRST, value("1")))
                .isInstanceOf(InvariantViolation.class);
    }

    @Test
    void proposal_onClosedMachine_ignored() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        engine.machine.end();
        engine.output();

        engine.machine.proposeRunCompletion(FIRST, value("late"));

        engine.expect();
    }

    @Test
    void failRun_behindLaterCommands_errorNamesTheRun() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");
        engine.machine.sleep(0, "nap");
        engine.output();

        engine.machine.failRun(FIRST, new AttemptError(500, "broken", "at …", 1000L, ErrorBehavior.PAUSE));

        engine.expect(
                new ErrorMessage(500, "broken", "at …", 1, "a", MessageType.RUN.code(), 1000L, ErrorBehavior.PAUSE));
        assertThat(engine.machine.isClosed()).isTrue();
    }

    @Test
    void run_replayedWithoutItsResult_isRecorded() {
        Conversation engine = Conversation.onV7().replay(run(1, "a"));

        assertThat(engine.machine.run("a")).isEqualTo(new RunHandle(FIRST, true, false));
        assertThat(engine.machine.hasWrittenCommand()).isFalse();
        assertThat(engine.machine.run("b").recorded()).isFalse();
        assertThat(engine.machine.hasWrittenCommand()).isTrue();
    }

    @Test
    void proposal_withMetadataOnV5_unsupported() {
        Conversation engine = Conversation.on(ProtocolVersion.V5).replay();
        engine.machine.run("a");
        Result failed = new Result.Failed(new Failure(500, "broken", List.of(new Failure.Metadata("k", "v"))));

        assertThatThrownBy(() -> engine.machine.proposeRunCompletion(FIRST, failed))
                .isInstanceOf(AttemptClosedException.class);
        engine.expectError(573);
    }

    @Test
    void proposal_withEmptyValue_keepsIt() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.run("a");

        engine.machine.proposeRunCompletion(FIRST, new Result.Value(Bytes.EMPTY));
        engine.receive(new ProposeRunCompletionAck(1));

        assertThat(engine.machine.takeNotification().orElseThrow().result()).isEqualTo(new Result.Value(Bytes.EMPTY));
    }
}
