package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Sdk;
import dev.reprise.interop.harness.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Many operations in flight at once. Where two can complete in either order, only the answer is compared. */
final class CombinatorsTest {
    private static final Map<String, Object> A = Map.of("value", "a");
    private static final Map<String, Object> B = Map.of("value", "b");
    private static final Map<String, Object> FAILS = Map.of("fail", "broken");
    private static final Map<String, Object> SOON = Map.of("sleep", 30);
    private static final Map<String, Object> LATER = Map.of("sleep", 250);
    /** After the handler's end on any machine: whether a timer completed in between would be a matter of timing. */
    private static final Map<String, Object> TOO_LATE = Map.of("sleep", 600_000);

    private static final Map<String, Object> NEVER = Map.of("never", true);
    private static final Map<String, Object> CALL = Map.of("call", "Ada");

    @ParameterizedTest
    @EnumSource
    void all_inOrderOfTheArguments(Subject subject) {
        combine(
                subject,
                "all",
                Map.of("all", List.of(LATER, A, CALL, B)),
                200,
                "[\"slept\",\"a\",\"Hello Ada\",\"b\"]");
        combine(subject, "all-fails", Map.of("all", List.of(NEVER, FAILS)), 400, "broken");
    }

    @ParameterizedTest
    @EnumSource
    void race_firstToSettle(Subject subject) {
        combine(subject, "race", Map.of("race", List.of(NEVER, TOO_LATE, SOON)), 200, "slept");
        combine(subject, "race-fails", Map.of("race", List.of(NEVER, FAILS)), 400, "broken");
    }

    @ParameterizedTest
    @EnumSource
    void orTimeout_late(Subject subject) {
        combine(
                subject,
                "timeout",
                Map.of("race", List.of(NEVER, NEVER), "orTimeout", 30),
                subject.sdk() == Sdk.JAVA ? 409 : 408,
                "");
    }

    @ParameterizedTest
    @EnumSource
    void nested_resolvesInside(Subject subject) {
        var inner = Map.of("all", List.of(SOON, Map.of("race", List.of(NEVER, SOON))));
        combine(subject, "nested", Map.of("all", List.of(inner, A)), 200, "[[\"slept\",\"slept\"],\"a\"]");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "(TS|REPRISE)_.*")
    void any_firstToSucceed(Subject subject) {
        combine(subject, "any", Map.of("any", List.of(FAILS, NEVER, SOON)), 200, "slept");
        combine(subject, "any-fails", Map.of("any", List.of(FAILS, FAILS)), 500, "broken");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "(TS|REPRISE)_.*")
    void allSettled_keepsFailures(Subject subject) {
        combine(subject, "settled", Map.of("allSettled", List.of(FAILS, A, LATER)), 200, "slept");
    }

    private static void combine(Subject subject, String name, Map<String, Object> plan, int status, String part) {
        compare(subject, "combine-" + name, world -> {
            var answer = world.call("Ops/combine", plan).expect(status, part);
            world.journalInAnyOrder(answer.invocationId());
        });
    }
}
