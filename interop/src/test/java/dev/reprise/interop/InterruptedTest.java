package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;
import static dev.reprise.interop.harness.Comparison.compareAlone;

import dev.reprise.interop.harness.Subject;
import dev.reprise.interop.harness.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What comes more than once, or at a bad time: signals of one name, a second cancellation, a pause while a step
 * executes.
 */
final class InterruptedTest {
    private static final String WITH_SIGNALS = "TS_[RS].*|REPRISE_.*";

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = WITH_SIGNALS)
    void signals_sentBeforeBetweenAndAfterTheAwaits_eachIsForOne(Subject subject) {
        compare(subject, "signals", world -> {
            String id = signals(world, "wait", "make", "take", "make", "told one", "take", "make", "told two", "take");
            String awakeable = world.awakeableOf(world.key());
            signal(world, id, "before", 1);
            resolve(world, awakeable);
            world.stateOf(world.key(), "told one");
            signal(world, id, "between", 3);
            world.stateOf(world.key(), "told two");
            signal(world, id, "after", 4);
            world.attach(id).expect(200, "[\"before\",\"between\",\"after\"]");
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = WITH_SIGNALS)
    void signals_promisesMadeBefore_takeThemInTheOrderThatTheSdkHas(Subject subject) {
        compare(subject, "signals-made", world -> {
            String id = signals(world, "make", "make", "make", "told", "take last", "take", "take");
            world.stateOf(world.key(), "told");
            for (int i = 1; i <= 3; i++) {
                signal(world, id, "signal " + i, i);
            }
            world.attach(id).expect(200, "signal 1");
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TS_STREAMING", "TS_SUSPENDING", "REPRISE_SUSPENDING"})
    void signals_acrossARestartOfTheServer(Subject subject) {
        compareAlone(subject, "signals-restart", world -> {
            String id = signals(world, "make", "take", "told one", "make", "take", "make", "told two", "take");
            signal(world, id, "first", 1);
            world.stateOf(world.key(), "told one");
            world.restartServer();
            signal(world, id, "second", 2);
            world.stateOf(world.key(), "told two");
            world.restartServer();
            signal(world, id, "third", 3);
            world.attach(id).expect(200, "[\"first\",\"second\",\"third\"]");
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = WITH_SIGNALS)
    void cancel_whileACompensationWaits_interruptsItToo(Subject subject) {
        compare(subject, "cancel-twice", world -> {
            for (String how : List.of("call", "sleep", "awakeable", "run")) {
                String cell = world.key() + "-" + how;
                String id = cancelledTwice(world, cell, how);
                if (!subject.name().endsWith("_STREAMING")) {
                    world.letGo(id); // whose input is closed hears nothing before its step has ended
                }
                world.attach(id).expect(409, "");
                world.stateOf(cell, "undone");
                world.letGo(id);
                world.journalWithout(id, "Notification: Call");
            }
        });
    }

    /** These SDKs know one cancellation; the server keeps the second all the same. */
    @ParameterizedTest
    @EnumSource(
            names = {"TS_OLDER", "JAVA_.*"},
            mode = Mode.MATCH_ANY)
    void cancel_whileACompensationWaits_inAnSdkThatKnowsOne_isJournaled(Subject subject) {
        compare(subject, "cancel-twice", world -> {
            for (String how : List.of("sleep", "awakeable")) {
                String id = cancelledTwice(world, world.key() + "-" + how, how);
                world.awaitRows(
                        2,
                        "SELECT id FROM sys_journal WHERE id = '" + id + "' AND entry_type = 'Notification: Signal'");
                world.operate(id, "kill").expect(200, "");
                world.journal(id);
            }
        });
    }

    private static String cancelledTwice(World world, String cell, String how) {
        String id = world.send("Ops/undo", Map.of("cell", cell, "how", how));
        world.awaitRows(1, "SELECT id FROM sys_journal WHERE id = '" + id + "' AND entry_type = 'Command: OneWayCall'");
        world.operate(id, "cancel").expect(202, "");
        awaitUndoing(world, id, cell + "-undo", how);
        world.operate(id, "cancel").expect(202, "");
        return id;
    }

    private static void awaitUndoing(World world, String id, String cell, String how) {
        switch (how) {
            case "sleep" ->
                world.awaitRows(
                        1, "SELECT id FROM sys_journal WHERE id = '" + id + "' AND entry_type = 'Command: Sleep'");
            case "run" -> world.awaitGated(id);
            default -> world.awakeableOf(cell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pause_whileAStepExecutes_letsItEndAndBeRecorded(Subject subject) {
        compare(subject, "pause-step", world -> {
            String id = world.send("Ops/gated", null);
            world.awaitGated(id);
            world.operate(id, "pause").expect(202, "");
            world.letGo(id);
            world.awaitStatus(id, "paused");
            world.rowsOf("sys_journal", "index, entry_type, name", "id", id, "index");
            world.operate(id, "resume").expect(200, "");
            world.attach(id).expect(200, "1");
            world.journal(id);
        });
    }

    private static String signals(World world, String... plan) {
        return world.send("Ops/signals", Map.of("cell", world.key(), "plan", plan));
    }

    /** Sends a signal and waits until the invocation has so many in its journal; those of awakeables count. */
    private static void signal(World world, String id, String value, int count) {
        world.call("Ops/resolveSignal", Map.of("id", id, "name", "go", "value", value))
                .expect(200, "");
        world.awaitRows(
                count, "SELECT id FROM sys_journal WHERE id = '" + id + "' AND entry_type = 'Notification: Signal'");
    }

    private static void resolve(World world, String awakeable) {
        world.ingress("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"\"")
                .expect(202, "");
    }
}
