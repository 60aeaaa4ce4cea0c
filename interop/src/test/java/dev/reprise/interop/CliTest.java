package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.interop.harness.Comparison.Scenario;
import dev.reprise.interop.harness.Lab;
import dev.reprise.interop.harness.Subject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The official CLI, unchanged: what it prints on both servers, and what its commands bring about. */
final class CliTest {
    @Test
    void services_listAndDescribe() {
        onBoth("services", world -> {
            String cell = world.service("Cell");
            assertThat(world.silentCli("services", "list").expect(cell).text()).contains(world.service("Flow"));
            world.cli("services", "describe", cell).expect("VirtualObject");
            world.silentCli("services", "status").expect(cell);
        });
    }

    @Test
    void deployments_registerListDescribeRemove() {
        onBoth("deployments", world -> {
            String endpoint = Lab.shared().endpoint("TsSpare").toString();
            world.cli("deployments", "register", endpoint).expect("SpareTs");
            String id = world.deploymentOf("SpareTs");
            world.silentCli("deployments", "list").expect("SpareTs").expect(id);
            world.cli("deployments", "describe", id).expect("SpareTs");
            world.cli("deployments", "register", endpoint, "--force").expect("SpareTs");
            world.cli("deployments", "remove", world.deploymentOf("SpareTs"), "--force")
                    .expect("");
            assertThat(world.silentCli("services", "list").text()).doesNotContain("SpareTs");
        });
    }

    @Test
    void invocations_listAndDescribe() {
        onBoth("invocations", world -> {
            String id = world.send("Ops/waitForAwakeable", world.key());
            world.awakeableOf(world.key());
            world.silentCli("invocations", "list").expect(id);
            world.silentCli("invocations", "describe", id).expect("Command: OneWayCall");
            world.silentCli("sql", "--json", "SELECT id FROM sys_invocation WHERE id = '" + id + "'")
                    .expect(id);
            world.cli("invocations", "cancel", id).expect("Cancelled 1");
            world.attach(id).expect(409, "");
            world.cli("invocations", "describe", id).expect("completed");
        });
    }

    @Test
    void invocations_pauseResumeKill() {
        onBoth("pause", world -> {
            String id = world.send("Ops/nap", 600_000);
            world.awaitStatus(id, "running");
            world.cli("invocations", "pause", id).expect("Paused 1");
            world.awaitStatus(id, "paused");
            world.cli("invocations", "resume", id).expect("Resumed 1");
            world.awaitStatus(id, "running", "suspended");
            world.cli("invocations", "kill", id).expect("Killed 1");
            world.attach(id).expect(409, "");
        });
    }

    @Test
    void invocations_restartAsNewAndPurge() {
        onBoth("restart", world -> {
            String id = world.send("Ops/greet", "Ada");
            world.attach(id);
            world.cli("invocations", "restart-as-new", id).expect("Restarted 1");
            world.awaitRows(
                    2, "SELECT id FROM sys_invocation WHERE id = '" + id + "' OR restarted_from = '" + id + "'");
            world.cli("invocations", "purge", id).expect("Purged 1");
            world.awaitRows(0, "SELECT id FROM sys_invocation WHERE id = '" + id + "'");
        });
    }

    @Test
    void state_getEditClear() {
        onBoth("state", world -> {
            world.call("Cell/" + world.key() + "/set", Map.of("name", "word", "value", "before"));
            world.cli("state", "get", world.service("Cell"), world.key()).expect("before");
            world.cli("state", "edit", world.service("Cell"), world.key());
            world.awaitRows(
                    1, "SELECT key FROM state WHERE service_key = '" + world.key() + "' AND value_utf8 = '\"after\"'");
            world.cli("state", "clear", world.service("Cell") + "/" + world.key());
            world.awaitRows(0, "SELECT key FROM state WHERE service_key = '" + world.key() + "'");
        });
    }

    @Test
    void sql_printsRows() {
        onBoth("sql", world -> {
            world.cli("sql", "SELECT name, ty FROM sys_service WHERE name = '" + world.service("Cell") + "'")
                    .expect("virtual_object");
            world.cli("sql", "--json", "SELECT name FROM sys_service WHERE name = '" + world.service("Ops") + "'");
        });
    }

    @Test
    void whoamiAndConfig_showTheServer() {
        onBoth("whoami", world -> {
            world.silentCli("whoami").expect("is healthy");
            world.cli("config", "view").expect("");
            world.cli("config", "list-environments").expect("local");
        });
    }

    private static void onBoth(String name, Scenario scenario) {
        compare(Subject.TS_STREAMING, "cli-" + name, scenario);
    }
}
