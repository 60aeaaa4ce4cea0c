package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new deployment of a service whose invocations are in flight. */
final class UpgradeTest {
    @ParameterizedTest
    @EnumSource(names = {"TS_STREAMING", "JAVA_STREAMING", "REPRISE_STREAMING"})
    void newDeployment_oldInvocationsEndWhereTheyBegan(Subject subject) {
        compare(subject, "upgrade", world -> {
            String old = world.registerUpgrade("Old");
            String inFlight = world.callUpgrade("wait/send", world.key()).invocationId();
            String awakeable = world.awakeableOf(world.key());
            world.registerUpgrade("New");
            world.callUpgrade("version", null).expect(200, "new");
            world.ingress("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"go\"");
            world.attach(inFlight).expect(200, "old: go");
            world.rowsOf("sys_invocation", "target, pinned_deployment_id", "id", inFlight, "id");
            world.admin("DELETE", "/deployments/" + old, null).expect(501, "");
            world.admin("DELETE", "/deployments/" + old + "?force=true", null).expect(202, "");
            world.callUpgrade("version", null).expect(200, "new");
        });
    }
}
