package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.scenario.BranchProgram.Block;
import dev.reprise.sdk.scenario.TurnGraph.Fault;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random handlers with branches, scopes, quorums, hedges, maps and sagas, cancelled at random, against the {@link
 * TurnModel}: from the notifications of the journal alone it must come to the same commands in the same order, and to
 * the same output.
 * Some of the journals are replayed from every cut, too.
 */
class TurnsTest {
    /** More of them: {@code -Dsurefire.argLine=-Drandom.turns=10000}. */
    private static final int HANDLERS = Integer.getInteger("random.turns", 300);

    /** Of so many the journal is replayed from every cut. */
    private static final int REPLAYED = Integer.getInteger("random.turns.replayed", 20);

    private static final long FIRST = Long.getLong("random.turns.first", 0);

    /** So many seeds are enough to find any broken rule. */
    private static final int SEEDS_TO_FIND = Integer.getInteger("random.turns.find", 400);

    /** What follows a statement is called by it. */
    private static final int DEPTH_BYTES = 64 << 20;

    private static FakeEngine played(long seed) {
        Block program = BranchProgram.drawPlain(seed);
        ServiceDefinition service = ServiceDefinition.service("Random")
                .handler("run", Void.class, String.class, (ctx, input) -> new BranchHandler().run(ctx, "", program))
                .build();
        ProtocolVersion version = ProtocolVersion.values()[(int) (seed % ProtocolVersion.values().length)];
        FakeEngine engine = new FakeEngine(service, version, seed);
        engine.later(FakeAttempt.signal(new SignalIndex(17), new Result.Value(Bytes.utf8("\"signalled\""))));
        engine.later(FakeAttempt.signal(new SignalIndex(18), new Result.Value(Bytes.utf8("\"signalled too\""))));
        for (long i = seed % 6; i < 3; i++) {
            engine.later(FakeAttempt.cancel());
        }
        try {
            engine.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(report(seed, program, engine), e);
        }
        return engine;
    }

    private static String report(long seed, Block program, FakeEngine engine) {
        return "seed " + seed + ":\n" + program + "\njournal " + engine.journal();
    }

    /** The commands of a journal, in the words of the model. */
    private static List<String> commands(List<Message> journal) {
        List<String> commands = new ArrayList<>();
        for (Message entry : journal) {
            switch (entry) {
                case Command.Run(int id, String name) -> commands.add("run " + id + " " + name);
                case Command.Sleep(long time, int id, String name) -> commands.add("sleep " + id + " " + name);
                case Command.Call call ->
                    commands.add("call " + call.invocationIdCompletionId() + " " + call.resultCompletionId() + " "
                            + call.handlerName() + " " + call.parameter().utf8().replace("\"", ""));
                case Command.SendSignal signal -> commands.add("cancel " + signal.targetInvocationId());
                case Command.Output(Result.Value(Bytes json), String name) ->
                    commands.add("output " + json.utf8().replace("\"", ""));
                case Command.Output(Result.Failed(var failure), String name) ->
                    commands.add("output " + failure.code() + " " + failure.message());
                default -> {}
            }
        }
        if (!(journal.getLast() instanceof Command.Output)) {
            commands.add("waits");
        }
        return withoutQuotes(commands);
    }

    /** JSON escapes them, once for each time that a text was a result. */
    private static List<String> withoutQuotes(List<String> commands) {
        return commands.stream()
                .map(command -> command.replace("\\", "").replace("\"", ""))
                .toList();
    }

    private static List<String> modelled(long seed, List<Message> journal, Fault fault) {
        List<Notification> notifications = journal.stream()
                .filter(Notification.class::isInstance)
                .map(Notification.class::cast)
                .toList();
        List<String> commands = new ArrayList<>();
        Thread deep = new Thread(
                null,
                () -> commands.addAll(
                        new TurnProgram(new TurnModel(notifications, fault)).play(BranchProgram.drawPlain(seed))),
                "model",
                DEPTH_BYTES);
        deep.start();
        try {
            deep.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return withoutQuotes(commands);
    }

    @Test
    void handlers_random_doWhatTheModelSays() {
        LongStream.range(FIRST, FIRST + HANDLERS).forEach(seed -> {
            FakeEngine engine = played(seed);
            assertThat(commands(engine.journal()))
                    .as(report(seed, BranchProgram.drawPlain(seed), engine))
                    .isEqualTo(modelled(seed, engine.journal(), Fault.NONE));
            if (seed < FIRST + REPLAYED) {
                engine.replayAtEveryCut();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void brokenRule_isFoundWithinFewSeeds(Fault fault) {
        assertThat(LongStream.range(0, SEEDS_TO_FIND)
                        .filter(seed -> differs(seed, fault))
                        .findFirst())
                .as("a seed that shows " + fault)
                .isPresent();
    }

    private static boolean differs(long seed, Fault fault) {
        List<Message> journal = played(seed).journal();
        return !commands(journal).equals(modelled(seed, journal, fault));
    }
}
