package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Sdk;
import dev.reprise.interop.harness.Subject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Awakeables and signals, completed from outside and by other handlers. */
final class WaitingTest {
    @ParameterizedTest
    @EnumSource
    void awakeable_resolvedOverIngress(Subject subject) {
        compare(subject, "awakeable", world -> {
            String id = world.send("Ops/waitForAwakeable", world.key());
            String awakeable = world.awakeableOf(world.key());
            world.ingress("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"from outside\"")
                    .expect(202, "");
            world.attach(id).expect(200, "from outside");
            world.journal(id);
            world.ingress("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"again\"")
                    .expect(202, "");
        });
    }

    @ParameterizedTest
    @EnumSource
    void awakeable_rejectedOverIngress(Subject subject) {
        compare(subject, "awakeable-rejected", world -> {
            String id = world.send("Ops/waitForAwakeable", world.key());
            String path = "/restate/awakeables/" + world.awakeableOf(world.key()) + "/reject";
            world.ingress("POST", path, "not this time", "content-type", "text/plain")
                    .expect(202, "");
            world.attach(id).expect(500, "not this time");
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource
    void awakeable_completedByAHandler(Subject subject) {
        compare(subject, "awakeable-handler", world -> {
            for (String how : new String[] {"resolve", "reject"}) {
                String cell = world.key() + "-" + how;
                String id = world.send("Ops/waitForAwakeable", cell);
                var in = Map.of("id", world.awakeableOf(cell), "value", "by a handler");
                world.journal(world.call("Ops/" + how, in).expect(200, "").invocationId());
                world.attach(id).expect(how.equals("resolve") ? 200 : 500, "by a handler");
                world.journal(id);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void awakeable_notCompletedInTime(Subject subject) {
        compare(subject, "awakeable-timeout", world -> {
            var answer = world.call("Ops/awakeableOrTimeout", 40).expect(world.sdk() == Sdk.JAVA ? 409 : 408, "");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "TS_[RS].*|REPRISE_.*")
    void signal_completedByAHandlerAndOverIngress(Subject subject) {
        compare(subject, "signal", world -> {
            for (String how : new String[] {"resolve", "reject"}) {
                String id = world.send("Ops/waitForSignal", "go");
                var in = Map.of("id", id, "name", "go", "value", "by a handler");
                world.journal(
                        world.call("Ops/" + how + "Signal", in).expect(200, "").invocationId());
                world.attach(id).expect(how.equals("resolve") ? 200 : 500, "by a handler");
                world.journal(id);
            }
        });
    }
}
