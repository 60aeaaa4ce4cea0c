package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import dev.reprise.interop.harness.World;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings of a service that are changed after its registration: what comes later obeys them. */
final class ServiceSettingsTest {
    @ParameterizedTest
    @EnumSource(names = "TS_STREAMING")
    void settings_changed_areObeyed(Subject subject) {
        compare(subject, "settings", world -> {
            world.registerSettings();
            isPublic(world);
            timeouts(world);
            journalRetention(world);
            idempotencyRetention(world);
            workflowRetention(world);
        });
    }

    private static void isPublic(World world) {
        change(world, "OpsTsSettings", "public", false);
        world.callSettings("OpsTsSettings/greet", "Ada").expect(400, "not public");
        change(world, "OpsTsSettings", "public", true);
        world.callSettings("OpsTsSettings/greet", "Ada").expect(200, "Hello Ada");
    }

    private static void timeouts(World world) {
        change(world, "OpsTsSettings", "inactivity_timeout", "200ms");
        String sleeping = world.callSettings("OpsTsSettings/nap/send", 600_000).invocationId();
        world.awaitStatus(sleeping, "suspended");
        world.operate(sleeping, "kill").expect(200, "");
        change(world, "OpsTsSettings", "abort_timeout", "200ms");
        String stuck =
                world.callSettings("OpsTsSettings/stuck", null).expect(200, "2").invocationId();
        world.events(stuck);
    }

    private static void journalRetention(World world) {
        for (String retention : new String[] {"0s", "1s"}) {
            change(world, "OpsTsSettings", "journal_retention", retention);
            String id = world.callSettings(
                            "OpsTsSettings/steps", 2, "idempotency-key", world.key() + "-journal-" + retention)
                    .expect(200, "[0,1]")
                    .invocationId();
            world.awaitRows(0, "SELECT index FROM sys_journal WHERE id = '" + id + "'");
            world.rows("SELECT status, completion_result, journal_size FROM sys_invocation WHERE id = '" + id + "'");
            world.attach(id).expect(200, "[0,1]");
        }
    }

    private static void idempotencyRetention(World world) {
        change(world, "OpsTsSettings", "idempotency_retention", "1s");
        String[] once = {"idempotency-key", world.key() + "-retention"};
        var first = world.callSettings("OpsTsSettings/stamp", null, once);
        world.awaitRows(0, "SELECT id FROM sys_invocation WHERE id = '" + first.invocationId() + "'");
        var second = world.callSettings("OpsTsSettings/stamp", null, once);
        world.note("the same result: " + first.body().equals(second.body()));
        world.expectLines("the same result: false");
    }

    private static void workflowRetention(World world) {
        change(world, "FlowTsSettings", "workflow_completion_retention", "1s");
        String flow = "FlowTsSettings/" + world.key();
        String id = world.callSettings(flow + "/run/send", "input").invocationId();
        world.callSettings(flow + "/go", "now");
        world.attach(id).expect(200, "input: now");
        world.awaitRows(0, "SELECT id FROM sys_invocation WHERE id = '" + id + "'");
        world.callSettings(flow + "/run/send", "again").expect(202, "\"Accepted\"");
        world.operate(id, "kill").expect(200, "");
    }

    private static void change(World world, String service, String setting, Object value) {
        var changed = world.silentAdmin("PATCH", "/services/" + service, Map.of(setting, value))
                .expect(200, "");
        world.note(setting + ": " + changed.json().required(setting));
    }
}
