package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.callStarted;
import static dev.reprise.sdk.vm.Conversation.cancelled;
import static dev.reprise.sdk.vm.Conversation.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private static final CallRequest CALL = CallRequest.of("Greeter", "greet", "", Bytes.EMPTY);

    private static Command call(int invocationId, int result) {
        return new Command.Call(
                "Greeter", "greet", Bytes.EMPTY, List.of(), "", null, null, null, invocationId, result, "");
    }

    private static Command cancel(String invocationId) {
        return new Command.SendSignal(invocationId, SignalIndex.CANCEL, Result.Empty.INSTANCE, "");
    }

    @Test
    void cancelSignal_arrives_isANotificationInItsPlace() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.call(CALL);

        engine.receive(callStarted(1, "inv_1child"), cancelled());

        assertThat(engine.machine.takeNotification()).contains(callStarted(1, "inv_1child"));
        assertThat(engine.machine.takeNotification()).contains(cancelled());
        assertThat(engine.machine.takeCallsToCancel()).containsExactly(new CompletionId(1));
        engine.machine.cancelInvocation("inv_1child");
        engine.machine.end();

        engine.expect(call(1, 2), cancel("inv_1child"), End.INSTANCE);
    }

    @Test
    void callsToCancel_areCallsSinceLastTime_withoutOneWayCalls() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.call(CALL);
        engine.machine.oneWayCall(new SendRequest(CALL, 0));
        engine.machine.call(CALL);

        assertThat(engine.machine.takeCallsToCancel()).containsExactly(new CompletionId(1), new CompletionId(4));
        assertThat(engine.machine.takeCallsToCancel()).isEmpty();
        engine.machine.call(CALL);
        assertThat(engine.machine.takeCallsToCancel()).containsExactly(new CompletionId(6));
    }

    @Test
    void cancelTaken_childIdMissing_suspendsOnTheIdAndTheNextCancellation() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.call(CALL);
        engine.receive(cancelled()).closeInput();
        assertThat(engine.machine.takeNotification()).contains(cancelled());

        engine.machine.suspend(leaf(1));

        List<Message> output = engine.output();
        assertThat(((Suspension) output.getLast()).awaitingOn())
                .isEqualTo(Conversation.race(leaf(1), leaf(SignalIndex.CANCEL)));
    }

    @Test
    void cancellation_cutInTheMiddle_continuesWhereItStopped() {
        Conversation engine = Conversation.onV7()
                .replay(
                        call(1, 2),
                        callStarted(1, "inv_1first"),
                        call(3, 4),
                        callStarted(3, "inv_1second"),
                        cancelled(),
                        cancel("inv_1first"));
        engine.machine.call(CALL);
        engine.machine.call(CALL);
        for (int i = 0; i < 3; i++) {
            assertThat(engine.machine.takeNotification()).isPresent();
        }

        engine.machine.cancelInvocation("inv_1first");
        engine.machine.cancelInvocation("inv_1second");
        engine.machine.end();

        engine.expect(cancel("inv_1second"), End.INSTANCE);
    }
}
