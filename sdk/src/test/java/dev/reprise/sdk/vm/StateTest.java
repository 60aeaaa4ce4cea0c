package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.completed;
import static dev.reprise.sdk.vm.Conversation.leaf;
import static dev.reprise.sdk.vm.Conversation.orCancelled;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final StateRead ABSENT = new StateRead.Known(Result.Empty.INSTANCE);

    private static StateRead known(String text) {
        return new StateRead.Known(value(text));
    }

    private static StateRead pending(int id) {
        return new StateRead.Pending(new CompletionId(id));
    }

    private static StateRead knownKeys(String... keys) {
        return new StateRead.Known(
                new Result.StateKeys(List.of(keys).stream().map(Bytes::utf8).toList()));
    }

    private static Command eager(String text) {
        return new Command.GetEagerState(KEY, value(text), "");
    }

    private static Command eagerAbsent() {
        return new Command.GetEagerState(KEY, Result.Empty.INSTANCE, "");
    }

    private static Command lazy(int id) {
        return new Command.GetLazyState(KEY, id, "");
    }

    private static Command set(String text) {
        return new Command.SetState(KEY, Bytes.utf8(text), "");
    }

    private static Notification stateIs(int id, Result result) {
        return completed(MessageType.GET_LAZY_STATE_COMPLETION, id, result);
    }

    @Test
    void get_keyInPartialMap_answeredAndJournaled() {
        Conversation engine = Conversation.onV7().partialState().state("k", "v").replay();

        assertThat(engine.machine.getState("k")).isEqualTo(known("v"));
        engine.expect(eager("v"));
    }

    @Test
    void get_keyMissingInCompleteMap_absentAndJournaled() {
        Conversation engine = Conversation.onV7().replay();

        assertThat(engine.machine.getState("k")).isEqualTo(ABSENT);
        engine.expect(eagerAbsent());
    }

    @Test
    void get_keyMissingInPartialMap_asksEngine() {
        Conversation engine =
                Conversation.onV7().partialState().state("other", "v").replay();

        assertThat(engine.machine.getState("k")).isEqualTo(pending(1));
        engine.receive(stateIs(1, value("v")));

        assertThat(engine.machine.takeNotification()).contains(stateIs(1, value("v")));
        engine.expect(lazy(1));
    }

    @Test
    void get_lazyWithoutAnswerAtInputEnd_suspends() {
        Conversation engine = Conversation.onV7().partialState().replay();
        engine.machine.getState("k");

        engine.closeInput();
        engine.machine.suspend(leaf(1));

        engine.expect(lazy(1), new Suspension(orCancelled(leaf(1))));
    }

    @Test
    void get_eagerRecorded_answerIsTheRecordedOneNotTheMaps() {
        Conversation engine = Conversation.onV7().state("k", "newer").replay(eager("older"), eagerAbsent());

        assertThat(engine.machine.getState("k")).isEqualTo(known("older"));
        assertThat(engine.machine.getState("k")).isEqualTo(ABSENT);
        assertThat(engine.machine.getState("k")).isEqualTo(known("newer"));
        engine.expect(eager("newer"));
    }

    @Test
    void get_lazyRecorded_staysLazyThoughMapKnowsTheKey() {
        Conversation engine =
                Conversation.onV7().state("k", "newer").replay(lazy(1), stateIs(1, Result.Empty.INSTANCE));

        assertThat(engine.machine.getState("k")).isEqualTo(pending(1));
        assertThat(engine.machine.takeNotification()).contains(stateIs(1, Result.Empty.INSTANCE));
        engine.expect();
    }

    @Test
    void get_answeredEagerly_stillTakesACompletionId() {
        Conversation engine = Conversation.onV7().state("k", "v").replay();

        engine.machine.getState("k");

        assertThat(engine.machine.sleep(0, "")).isEqualTo(new CompletionId(2));
    }

    @Test
    void get_afterSet_seesTheWrite() {
        Conversation engine = Conversation.onV7().partialState().replay();

        assertThat(engine.machine.getState("k")).isEqualTo(pending(1));
        engine.machine.setState("k", Bytes.utf8("mine"));
        assertThat(engine.machine.getState("k")).isEqualTo(known("mine"));

        engine.expect(lazy(1), set("mine"), eager("mine"));
    }

    @Test
    void get_afterReplayedSet_seesTheWrite() {
        Conversation engine = Conversation.onV7().partialState().replay(set("mine"));

        engine.machine.setState("k", Bytes.utf8("mine"));

        assertThat(engine.machine.getState("k")).isEqualTo(known("mine"));
        engine.expect(eager("mine"));
    }

    @Test
    void get_afterClear_absentThoughPartial() {
        Conversation engine = Conversation.onV7().partialState().state("k", "v").replay();

        assertThat(engine.machine.getState("k")).isEqualTo(known("v"));
        engine.machine.clearState("k");
        assertThat(engine.machine.getState("k")).isEqualTo(ABSENT);

        engine.expect(eager("v"), new Command.ClearState(KEY, ""), eagerAbsent());
    }

    @Test
    void get_afterClearAll_everyKeyAbsentThoughPartial() {
        Conversation engine =
                Conversation.onV7().partialState().state("other", "v").replay();

        engine.machine.clearAllState();

        assertThat(engine.machine.getState("k")).isEqualTo(ABSENT);
        assertThat(engine.machine.getState("other")).isEqualTo(ABSENT);
        assertThat(engine.machine.getStateKeys()).isEqualTo(knownKeys());
    }

    @Test
    void keys_completeMap_sortedAndWithoutClearedOnes() {
        Conversation engine = Conversation.onV7()
                .state("b", "1")
                .state("c", "2")
                .state("a", "3")
                .replay();
        engine.machine.clearState("c");
        engine.machine.clearState("never-there");
        engine.machine.setState("d", Bytes.EMPTY);
        engine.output();

        assertThat(engine.machine.getStateKeys()).isEqualTo(knownKeys("a", "b", "d"));
        engine.expect(new Command.GetEagerStateKeys(List.of(Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("d")), ""));
    }

    @Test
    void keys_partialMap_asksEngine() {
        Conversation engine = Conversation.onV7().partialState().state("a", "1").replay();

        assertThat(engine.machine.getStateKeys()).isEqualTo(pending(1));
        engine.expect(new Command.GetLazyStateKeys(1, ""));
    }

    @Test
    void keys_recorded_answerIsTheJournals() {
        Conversation engine = Conversation.onV7()
                .state("newer", "1")
                .replay(new Command.GetEagerStateKeys(List.of(KEY), ""), new Command.GetLazyStateKeys(2, ""));

        assertThat(engine.machine.getStateKeys()).isEqualTo(knownKeys("k"));
        assertThat(engine.machine.getStateKeys()).isEqualTo(pending(2));
        engine.expect();
    }
}
