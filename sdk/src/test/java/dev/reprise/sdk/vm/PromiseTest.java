package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.completed;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromiseTest {
    private static final Result FAILED = new Result.Failed(new Failure(500, "no"));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void get_completed_notificationCarriesTheResult(boolean succeeded) {
        Notification completion = completed(MessageType.GET_PROMISE_COMPLETION, 1, succeeded ? value("yes") : FAILED);
        Conversation engine = Conversation.onV7().replay();

        assertThat(engine.machine.getPromise("p")).isEqualTo(new CompletionId(1));
        engine.receive(completion);

        assertThat(engine.machine.takeNotification()).contains(completion);
        engine.expect(new Command.GetPromise("p", 1, ""));
    }

    @Test
    void peek_notCompleted_notificationIsEmpty() {
        Notification empty = completed(MessageType.PEEK_PROMISE_COMPLETION, 1, Result.Empty.INSTANCE);
        Conversation engine = Conversation.onV7().replay();

        engine.machine.peekPromise("p");
        engine.receive(empty);

        assertThat(engine.machine.takeNotification()).contains(empty);
        engine.expect(new Command.PeekPromise("p", 1, ""));
    }

    @Test
    void complete_valueAndFailure_areWritten() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.completePromise("p", value("yes"));
        engine.machine.completePromise("p", FAILED);

        engine.expect(
                new Command.CompletePromise("p", value("yes"), 1, ""), new Command.CompletePromise("p", FAILED, 2, ""));
    }

    @Test
    void complete_alreadyCompleted_notificationFails() {
        Notification conflict = completed(MessageType.COMPLETE_PROMISE_COMPLETION, 1, FAILED);
        Conversation engine =
                Conversation.onV7().replay(new Command.CompletePromise("p", value("yes"), 1, ""), conflict);

        engine.machine.completePromise("p", value("yes"));

        assertThat(engine.machine.takeNotification()).contains(conflict);
        engine.expect();
    }
}
