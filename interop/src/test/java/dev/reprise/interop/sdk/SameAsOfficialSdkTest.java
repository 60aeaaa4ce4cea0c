package dev.reprise.interop.sdk;

import static dev.reprise.interop.harness.Comparison.compareSdks;

import dev.reprise.interop.harness.Comparison.Scenario;
import dev.reprise.interop.harness.Subject;
import dev.reprise.interop.harness.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our SDK and the official Java SDK on the original server: the same program has the same outcome and the same journal.
 */
final class SameAsOfficialSdkTest {
    static Stream<Arguments> programs() {
        return Stream.of(
                calls("steps", "steps", 5),
                calls("flaky", "flaky", 2),
                calls("refuse", "refuse", Map.of("code", 422, "message", "no")),
                calls("saga", "saga", "car"),
                calls("nap", "nap", 20),
                calls("fail", "fail", Map.of("code", 418, "message", "teapot")),
                calls("call", "call", Map.of("service", "Ops", "method", "greet", "parameter", "Ada")),
                calls("headers", "callHeaders", Map.of()),
                combines("all", Map.of("all", List.of(Map.of("sleep", 20), Map.of("sleep", 60)))),
                combines("race", Map.of("race", List.of(Map.of("never", true), Map.of("sleep", 20)))),
                calls("call-once", "callOnce", "once"),
                program("awakeable", SameAsOfficialSdkTest::awakeable),
                program("state", SameAsOfficialSdkTest::state),
                program("workflow", SameAsOfficialSdkTest::workflow));
    }

    private static Arguments calls(String name, String handler, Object input) {
        return program(name, world -> {
            var answer = world.call("Ops/" + handler, input);
            world.journal(answer.invocationId());
        });
    }

    /** What is in flight at once is journaled in any order. */
    private static Arguments combines(String name, Object plan) {
        return program(name, world -> {
            var answer = world.call("Ops/combine", plan).expect(200, "slept");
            world.journalInAnyOrder(answer.invocationId());
        });
    }

    private static Arguments program(String name, Scenario scenario) {
        return Arguments.of(name, scenario);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void program_withEitherSdk_sameOutcomeAndJournal(String name, Scenario scenario) {
        compareSdks(Subject.JAVA_SUSPENDING, Subject.REPRISE_V6, name, scenario);
    }

    private static void awakeable(World world) {
        String id = world.send("Ops/waitForAwakeable", world.key());
        String awakeable =
                world.awakeableOf(world.key()).replace("=", ""); // the official SDK's id has base 64's padding
        world.ingress("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"yes\"");
        world.attach(id).expect(200, "yes");
        world.journal(id);
    }

    private static void state(World world) {
        String cell = "Cell/" + world.key();
        world.call(cell + "/set", Map.of("name", "n", "value", List.of(1, "two")));
        world.journal(world.call(cell + "/get", "n").expect(200, "two").invocationId());
        world.journal(world.call(cell + "/add", 3).expect(200, "3").invocationId());
        world.journal(world.call(cell + "/keys", null).expect(200, "n").invocationId());
        world.journal(world.call(cell + "/clear", "n").invocationId());
        world.journal(world.call(cell + "/clearAll", null).invocationId());
    }

    private static void workflow(World world) {
        String flow = "Flow/" + world.key();
        String id = world.send(flow + "/run", "in");
        world.call(flow + "/go", "out").expect(200, "");
        world.attach(id).expect(200, "in: out");
        world.journal(id);
        world.journal(world.call(flow + "/peek", null).expect(200, "out").invocationId());
        world.journal(world.call(flow + "/join", null).expect(200, "out").invocationId());
    }
}
