package dev.reprise.interop.sdk;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What only our SDK has, in every version of the protocol, streaming, suspending and by request and response. */
final class EveryOperationTest {
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "REPRISE_.*")
    void values_sameAfterEverySuspension(Subject subject) {
        tour(subject, "values", "same: true, list: [1, 2], bytes: 3");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "REPRISE_.*")
    void promises_everyWayToCombineThem(Subject subject) {
        tour(subject, "promises", "[won by soon, soon, late, 1 done, 1 pending, in time, soon24, soon]");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "REPRISE_.*")
    void steps_retriedAndGivenUp(Subject subject) {
        tour(subject, "steps", "[executed 3 times, java.lang.IllegalStateException: broken]");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "REPRISE_.*")
    void invocations_signalledAttachedAndCancelled(Subject subject) {
        tour(
                subject,
                "invocations",
                "[output: Optional.empty, hello, output: Optional[hello], 499 cancelled and cleaned up, 404]");
    }

    private static void tour(Subject subject, String handler, String result) {
        compare(subject, "tour-" + handler, world -> {
            var answer = world.ingress("POST", "/" + world.service("Tour") + "/" + handler, null)
                    .expect(200, result);
            world.journalInAnyOrder(answer.invocationId());
            world.rows("SELECT pinned_service_protocol_version FROM sys_invocation WHERE id = '" + answer.invocationId()
                    + "'");
        });
    }
}
