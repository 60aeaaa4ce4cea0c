package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.input;
import static dev.reprise.sdk.vm.Conversation.sleep;
import static dev.reprise.sdk.vm.Conversation.sleepCompleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.CommandAck;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolViolationTest {
    @Test
    void entryBeforeStart_closes() {
        Conversation engine = Conversation.onV7().receive(input("x"));

        assertThat(engine.expectError(571).message()).contains("Input").contains("WAITING_START");
    }

    @Test
    void start_knowingNoEntries_closes() {
        Conversation.onV7().start(0).expectError(571);
    }

    @Test
    void start_twice_closes() {
        Conversation.onV7().start(2).start(2).expectError(571);
    }

    @Test
    void journal_notBeginningWithInput_closes() {
        Conversation.onV7().start(2).receive(sleep(1), input("x")).expectError(571);
        Conversation.onV7().start(1).receive(sleepCompleted(1)).expectError(571);
    }

    @Test
    void command_afterKnownEntries_closes() {
        Conversation.onV7().replay().receive(sleep(1)).expectError(571);
        Conversation.onV7().replay(sleep(1)).receive(sleep(2)).expectError(571);
    }

    static Stream<Message> messagesOfTheOtherSide() {
        return Stream.of(End.INSTANCE, new CommandAck(1), new CustomEntry(0xFC01, Bytes.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("messagesOfTheOtherSide")
    void message_neverSentByAnEngine_closes(Message message) {
        Conversation.onV7().replay().receive(message).expectError(571);
    }

    @Test
    void message_ofUnknownType_closes() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.receive(new RawMessage(0x0777, Bytes.EMPTY));

        engine.expectError(571);
    }

    @Test
    void message_withMalformedBody_closes() {
        Conversation engine = Conversation.onV7();

        engine.machine.receive(new RawMessage(MessageType.START.code(), Bytes.wrap(new byte[] {0x0A, 0x7F})));

        engine.expectError(571);
    }

    @Test
    void input_closedBeforeAllEntries_closes() {
        Conversation.onV7().closeInput().expectError(571);
        Conversation engine = Conversation.onV7().start(2).receive(input("x")).closeInput();

        ErrorMessage error = engine.expectError(571);
        assertThat(error.relatedCommandIndex()).isNull();
        assertThat(engine.machine.isReady()).isFalse();
    }

    @Test
    void input_closedAfterAllEntries_keepsRunning() {
        Conversation engine = Conversation.onV7().replay().closeInput();

        assertThat(engine.machine.isReady()).isTrue();
        engine.machine.sleep(0, "");
        engine.expect(sleep(1));
    }

    @Test
    void messages_afterViolation_ignored() {
        Conversation engine = Conversation.onV7().replay().receive(sleep(1));
        engine.expectError(571);

        engine.receive(sleep(1), sleepCompleted(1)).closeInput();

        engine.expect();
    }

    @Test
    void fail_afterCommands_namesTheLastOne() {
        Conversation engine = Conversation.onV7().replay(sleep(1));
        engine.machine.sleep(0, "");
        engine.machine.sleep(0, "nap");
        engine.output();

        engine.machine.fail(new AttemptError(500, "broken", "trace", 10L, ErrorBehavior.FAIL));

        engine.expect(
                new ErrorMessage(500, "broken", "trace", 2, "nap", MessageType.SLEEP.code(), 10L, ErrorBehavior.FAIL));
    }

    @Test
    void fail_pausingBeforeV7_isRetried() {
        Conversation engine = Conversation.on(ProtocolVersion.V6).replay();

        engine.machine.fail(new AttemptError(500, "broken", "", null, ErrorBehavior.PAUSE));

        engine.expect(
                new ErrorMessage(500, "broken", "", 0, null, MessageType.INPUT.code(), null, ErrorBehavior.RETRY));
    }
}
