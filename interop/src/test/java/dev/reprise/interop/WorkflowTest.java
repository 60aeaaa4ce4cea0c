package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workflows: one run for each key, promises, and asking from outside. */
final class WorkflowTest {
    @ParameterizedTest
    @EnumSource
    void run_waitsForItsPromise(Subject subject) {
        compare(subject, "workflow", world -> {
            String flow = "Flow/" + world.key();
            String id = world.send(flow + "/run", "input");
            world.awaitStatus(id, "suspended", "running");
            world.call(flow + "/run/send", "second").expect(202, "PreviouslyAccepted");
            world.call(flow + "/peek", null).expect(200, "");
            world.workflow(world.key(), "output").expect(470, "not completed");
            world.call(flow + "/go", "now").expect(200, "");
            world.workflow(world.key(), "attach").expect(200, "input: now");
            world.workflow(world.key(), "output").expect(200, "input: now");
            world.call(flow + "/peek", null).expect(200, "now");
            world.call(flow + "/join", null).expect(200, "now");
            world.call(flow + "/status", null).expect(200, "done");
            world.call(flow + "/run", "third").expect(409, "");
            world.rowsOf(
                    "sys_promise",
                    "service_name, service_key, key, completed, completion_success_value_utf8",
                    "service_key",
                    world.key(),
                    "key");
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource
    void run_promiseRejected(Subject subject) {
        compare(subject, "workflow-rejected", world -> {
            String flow = "Flow/" + world.key();
            String id = world.send(flow + "/run", "input");
            world.journal(
                    world.call(flow + "/stop", "never mind").expect(200, "").invocationId());
            world.workflow(world.key(), "attach").expect(500, "never mind");
            world.journal(
                    world.call(flow + "/join", null).expect(500, "never mind").invocationId());
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource
    void unknownWorkflow_notFound(Subject subject) {
        compare(subject, "workflow-unknown", world -> {
            world.workflow(world.key(), "attach").expect(404, "not found");
            world.workflow(world.key(), "output").expect(404, "not found");
        });
    }
}
