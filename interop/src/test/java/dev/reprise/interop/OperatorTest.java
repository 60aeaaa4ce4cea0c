package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.Subject;
import dev.reprise.interop.harness.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What operators do: resuming and restarting on one deployment or another, and the same for many invocations at once.
 */
final class OperatorTest {
    private static final String NOBODY = "inv_17hsqXh2ItuQ6YZ4gDupxyyqFPFOxt0BMt";
    private static final String NOWHERE = "dp_14Zu4AkIkEe1EAyp0BIjv21";
    private static final long LONG_MILLIS = 600_000;

    @ParameterizedTest
    @EnumSource(names = {"TS_STREAMING", "JAVA_SUSPENDING"})
    void resume_beforeTheFirstEntry_goesToTheLatestDeployment(Subject subject) {
        compare(subject, "resume-unbound", world -> {
            String id = world.send("Ops/pauses", null);
            world.awaitStatus(id, "paused");
            for (String unfit : List.of("nonsense", NOWHERE, world.deploymentOf(world.service("Ops")))) {
                world.operate(id, "resume?deployment=" + unfit);
            }
            world.operate(id, "resume?deployment=latest").expect(200, "");
            world.attach(id).expect(200, "resumed");
            world.operate(id, "resume").expect(409, "completed");
            world.operate(id, "resume?deployment=latest").expect(409, "completed");
            world.operate(NOBODY, "resume?deployment=keep").expect(404, "");
            world.operate("nonsense", "resume").expect(400, "");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TS_STREAMING", "JAVA_STREAMING"})
    void resume_boundToADeployment_movesOnlyToOneOfItsProtocol(Subject subject) {
        compare(subject, "resume-bound", world -> {
            String later = world.delayed("Ops/greet", "later", "1h");
            world.operate(later, "resume?deployment=latest").expect(425, "scheduled");
            world.operate(later, "pause").expect(409, "");
            world.operate(later, "restart-as-new").expect(425, "");
            String id = world.send("Ops/nap", LONG_MILLIS);
            world.awaitRows(1, "SELECT id FROM sys_journal WHERE id = '" + id + "' AND index = 1");
            world.operate(id, "restart-as-new?from=1").expect(409, "still running");
            world.operate(id, "pause");
            world.awaitStatus(id, "paused");
            world.operate(id, "resume?deployment=" + world.deploymentOf("OpsTsOlder"))
                    .expect(400, "5..=5");
            world.operate(id, "resume?deployment=" + NOWHERE).expect(400, "not found");
            world.operate(id, "resume?deployment=latest").expect(200, "");
            world.awaitStatus(id, "running", "suspended");
            world.operate(id, "kill").expect(200, "");
            world.operate(later, "kill").expect(200, "");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TS_STREAMING", "TS_OLDER", "JAVA_SUSPENDING"})
    void restart_fromAnyEntryOfTheJournal(Subject subject) {
        compare(subject, "restart", world -> {
            String id = world.call("Ops/steps", 3).invocationId();
            world.awaitStatus(id, "completed");
            boolean isOlder = subject == Subject.TS_OLDER;
            world.journal(restarted(world, id, ""));
            for (int from = 0; from <= 7 && (from == 0 || !isOlder); from++) {
                restarted(world, id, "?from=" + from);
            }
            for (String beyond : List.of("8", "100")) {
                world.operate(id, "restart-as-new?from=" + beyond).expect(isOlder ? 422 : 400, "");
            }
            for (String unfit : List.of("4294967296", "-1", "x", "")) {
                world.operate(id, "restart-as-new?from=" + unfit).expect(400, "from: ");
            }
            for (String deployment : List.of("keep", "latest", world.deploymentOf(world.service("Ops")))) {
                restarted(world, id, "?deployment=" + deployment);
            }
            for (String deployment : List.of("nonsense", NOWHERE, world.deploymentOf("OpsTsOlder"))) {
                world.operate(id, "restart-as-new?from=1&deployment=" + deployment);
            }
            world.operate(id, "purge-journal").expect(200, "");
            world.operate(id, "restart-as-new").expect(410, "purged");
            world.operate(NOBODY, "restart-as-new").expect(404, "");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TS_SUSPENDING", "JAVA_STREAMING"})
    void restart_ofWhatEndedOtherwise(Subject subject) {
        compare(subject, "restart-others", world -> {
            String cancelled = world.send("Ops/nap", LONG_MILLIS);
            world.awaitRows(1, "SELECT id FROM sys_journal WHERE id = '" + cancelled + "' AND index = 1");
            world.operate(cancelled, "cancel");
            world.attach(cancelled).expect(409, "");
            world.operate(cancelled, "restart-as-new?from=1").expect(400, "without respective Completions");
            String flow = world.send("Flow/" + world.key() + "/run", "input");
            world.call("Flow/" + world.key() + "/go", "now");
            world.attach(flow).expect(200, "input: now");
            world.operate(flow, "restart-as-new").expect(422, "not supported");
            String cell = "Cell/" + world.key();
            String added = world.call(cell + "/add", 3).expect(200, "3").invocationId();
            world.attach(world.restart(added, "")).expect(200, "6");
            world.attach(world.restart(added, "?from=2")).expect(200, "3");
            world.call(cell + "/add", 0);
            String unbound = world.send("Ops/pauses", null);
            world.awaitStatus(unbound, "paused");
            world.operate(unbound, "kill").expect(200, "");
            world.operate(unbound, "restart-as-new?from=1").expect(422, "");
            for (String deployment : List.of("latest", "keep", world.deploymentOf(world.service("Ops")))) {
                String again = world.restart(unbound, "?deployment=" + deployment);
                world.awaitStatus(again, "paused");
                world.invocation(again);
                world.operate(again, "kill").expect(200, "");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = "TS_STREAMING")
    void batches_sayOfEachHowItWent(Subject subject) {
        compare(subject, "batches", world -> {
            String completed = world.call("Ops/steps", 2).invocationId();
            String later = world.delayed("Ops/greet", "later", "1h");
            String running = world.send("Ops/nap", LONG_MILLIS);
            world.awaitRows(1, "SELECT id FROM sys_journal WHERE id = '" + running + "' AND index = 1");
            List<String> all = List.of(running, completed, NOBODY, later);
            batch(world, "restart-as-new", all, "").expect(200, "new_invocation_id");
            batch(world, "restart-as-new", List.of(completed), NOWHERE);
            batch(world, "resume", List.of(running), "latest").expect(200, "Cannot change");
            batch(world, "pause", all, "");
            world.awaitStatus(running, "paused");
            batch(world, "pause", List.of(running, running), "nonsense").expect(200, running);
            batch(world, "resume", List.of(running), world.deploymentOf("OpsTsOlder"));
            batch(world, "resume", List.of(running), NOWHERE);
            batch(world, "resume", List.of(running), "nonsense").expect(400, "bad format");
            batch(world, "resume", all, "");
            world.awaitStatus(running, "running");
            batch(world, "purge-journal", all, "");
            batch(world, "restart-as-new", List.of(completed), "").expect(200, "input is not available");
            batch(world, "purge", all, "");
            batch(world, "cancel", all, "");
            world.awaitStatus(running, "completed");
            batch(world, "kill", all, "");
            batch(world, "kill", List.of(), "");
            // An operation that there is not gets 404 on both, with words from ours alone.
        });
    }

    /** Restarts an invocation of {@code steps} and answers the id of the new one, which has the same result. */
    private static String restarted(World world, String id, String query) {
        String again = world.restart(id, query);
        world.attach(again).expect(200, "[0,1,2]");
        return again;
    }

    private static Answer batch(World world, String operation, List<String> ids, String deployment) {
        Map<String, Object> body = new HashMap<>(Map.of("invocation_ids", ids));
        if (!deployment.isEmpty()) {
            body.put("deployment", deployment);
        }
        return world.admin("POST", "/internal/invocations_batch_operations/" + operation, body);
    }
}
