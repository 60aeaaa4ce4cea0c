package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.callStarted;
import static dev.reprise.sdk.vm.Conversation.completed;
import static dev.reprise.sdk.vm.Conversation.input;
import static dev.reprise.sdk.vm.Conversation.run;
import static dev.reprise.sdk.vm.Conversation.runCompleted;
import static dev.reprise.sdk.vm.Conversation.signalled;
import static dev.reprise.sdk.vm.Conversation.sleep;
import static dev.reprise.sdk.vm.Conversation.sleepCompleted;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One journal, cut at every entry: what came before is replayed, what comes after arrives while the handler runs. */
class ArrivalTest {
    private static final Bytes PARAMETER = Bytes.utf8("p");
    private static final List<Message> JOURNAL = List.of(
            input("my-data"),
            run(1, "a"),
            sleep(2),
            new Command.GetEagerState(Bytes.utf8("k"), value("v"), ""),
            new Command.Call("S", "h", PARAMETER, List.of(), "", null, null, null, 4, 5, ""),
            callStarted(4, "inv_1child"),
            signalled(17, "early"),
            runCompleted(1, "step"),
            new Command.SetState(Bytes.utf8("k"), PARAMETER, ""),
            completed(MessageType.CALL_COMPLETION, 5, value("answer")),
            sleepCompleted(2),
            Conversation.output("done"));

    static Stream<Arguments> cuts() {
        return IntStream.rangeClosed(1, JOURNAL.size())
                .boxed()
                .flatMap(cut -> Stream.of(ProtocolVersion.values()).map(version -> Arguments.of(version, cut)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void journal_cutAnywhere_continuesAsRecorded(ProtocolVersion version, int cut) {
        Conversation engine = Conversation.on(version).state("k", "v").start(cut);
        JOURNAL.subList(0, cut).forEach(engine::receive);
        List<Message> rest = JOURNAL.subList(cut, JOURNAL.size());
        List<Notification> seen = new Handler(engine, rest).run();

        assertThat(seen).isEqualTo(notifications(JOURNAL));
        List<Message> written = engine.output();
        assertThat(written.stream().filter(Command.class::isInstance)).isEqualTo(commands(rest));
        assertThat(written.getLast()).isEqualTo(End.INSTANCE);
    }

    @Test
    void notifications_whileWaitingForEntries_countAsEntries() {
        Conversation engine = Conversation.onV7().start(3).receive(input("x"), signalled(17, "early"));
        assertThat(engine.machine.isReady()).isFalse();

        engine.receive(sleepCompleted(1));

        assertThat(engine.machine.isReady()).isTrue();
        assertThat(engine.machine.isReplaying()).isFalse();
        assertThat(engine.machine.takeNotification()).contains(signalled(17, "early"));
    }

    private static List<Message> commands(List<Message> journal) {
        return journal.stream().filter(Command.class::isInstance).toList();
    }

    private static List<Notification> notifications(List<Message> journal) {
        return journal.stream()
                .filter(Notification.class::isInstance)
                .map(Notification.class::cast)
                .toList();
    }

    /** A handler, and the engine that answers with the journal's next notification whenever it waits. */
    private static final class Handler {
        private final Conversation engine;
        private final InvocationStateMachine machine;
        private final List<Notification> toCome;
        private final List<Notification> seen = new ArrayList<>();
        private final List<CompletionId> toExecute = new ArrayList<>();

        Handler(Conversation engine, List<Message> rest) {
            this.engine = engine;
            machine = engine.machine;
            toCome = new ArrayList<>(notifications(rest));
        }

        List<Notification> run() {
            RunHandle run = machine.run("a");
            if (!run.replayed()) {
                toExecute.add(run.id());
            }
            machine.sleep(machine.isReplaying() ? 777 : 0, "");
            assertThat(machine.getState("k")).isEqualTo(new StateRead.Known(value("v")));
            machine.call(CallRequest.of("S", "h", "", PARAMETER));
            AwakeableHandle awakeable = machine.createAwakeable();
            assertThat(awakeable.signal().index()).isEqualTo(17);
            IntStream.range(0, 3).forEach(ignored -> await());
            machine.setState("k", PARAMETER);
            IntStream.range(0, 2).forEach(ignored -> await());
            machine.output(value("done"));
            machine.end();
            return seen;
        }

        private void await() {
            if (!machine.isReplaying()) {
                toExecute.forEach(run -> machine.proposeRunCompletion(run, value("step")));
                toExecute.clear();
            }
            Optional<Notification> next = machine.takeNotification();
            if (next.isEmpty()) {
                deliver(toCome.removeFirst());
                next = machine.takeNotification();
            } else if (!toCome.isEmpty() && toCome.getFirst().equals(next.get())) {
                toCome.removeFirst();
            }
            seen.add(next.orElseThrow());
        }

        private void deliver(Notification notification) {
            boolean acknowledged =
                    engine.version() == ProtocolVersion.V7 && notification.type() == MessageType.RUN_COMPLETION;
            engine.receive(acknowledged ? new ProposeRunCompletionAck(1) : notification);
        }
    }
}
