package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Sdk;
import dev.reprise.interop.harness.Subject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers that call, send to, attach to and cancel other invocations. */
final class CallsTest {
    @ParameterizedTest
    @EnumSource
    void call_toAnObject(Subject subject) {
        compare(subject, "call", world -> {
            var request = Map.of("service", "Cell", "key", world.key(), "method", "add", "parameter", 3);
            world.journal(world.call("Ops/call", request).expect(200, "3").invocationId());
            world.call("Ops/call", request).expect(200, "6");
        });
    }

    @ParameterizedTest
    @EnumSource
    void call_fails_failsTheCaller(Subject subject) {
        compare(subject, "call-fails", world -> {
            var parameter = Map.of("code", 418, "message", "teapot");
            var request = Map.of("service", "Ops", "method", "fail", "parameter", parameter);
            world.journal(world.call("Ops/call", request).expect(418, "teapot").invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void call_withIdempotencyKey_runsOnce(Subject subject) {
        compare(subject, "call-once", world -> {
            var answer = world.call("Ops/callOnce", world.key()).expect(200, "true");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void send_withDelay_arrivesLater(Subject subject) {
        compare(subject, "send-later", world -> {
            var request = Map.of(
                    "service",
                    "Cell",
                    "key",
                    world.key(),
                    "method",
                    "set",
                    "delay",
                    100,
                    "parameter",
                    Map.of("name", "sent", "value", "arrived"));
            var answer = world.call("Ops/send", request).expect(200, "inv_");
            world.stateOf(world.key(), "sent");
            world.journal(answer.invocationId());
            world.journal(answer.json().asText());
        });
    }

    @ParameterizedTest
    @EnumSource
    void attach_answersTheOthersResult(Subject subject) {
        compare(subject, "attach", world -> {
            String other = world.send("Ops/nap", 100);
            world.journal(world.call("Ops/attach", other).expect(200, "slept").invocationId());
            if (world.sdk() == Sdk.JAVA) {
                world.journal(
                        world.call("Ops/output", other).expect(200, "slept").invocationId());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancel_reachesTheChildAndRunsCompensation(Subject subject) {
        compare(subject, "cancel", world -> {
            String parent = world.send("Ops/parent", world.key());
            world.awakeableOf(world.key());
            world.admin("PATCH", "/invocations/" + parent + "/cancel", null).expect(202, "");
            world.attach(parent).expect(409, "");
            world.stateOf(world.key(), "compensated");
            // The child ends while the parent compensates: its answer comes before the parent's end, or too late.
            world.journalWithout(parent, "Notification: Call");
            world.childrenOf(parent);
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancel_byAnotherHandler(Subject subject) {
        compare(subject, "cancel-other", world -> {
            String other = world.send("Ops/waitForAwakeable", world.key());
            world.awakeableOf(world.key());
            world.journal(world.call("Ops/cancel", other).expect(200, "").invocationId());
            world.attach(other).expect(409, "");
            world.journal(other);
        });
    }

    @ParameterizedTest
    @EnumSource
    void kill_endsParentAndChild(Subject subject) {
        compare(subject, "kill", world -> {
            String parent = world.send("Ops/parent", world.key());
            world.awakeableOf(world.key());
            world.admin("PATCH", "/invocations/" + parent + "/kill", null).expect(200, "");
            world.attach(parent).expect(409, "");
            world.journal(parent);
            world.childrenOf(parent);
        });
    }
}
