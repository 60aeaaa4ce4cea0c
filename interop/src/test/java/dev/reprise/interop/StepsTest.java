package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Durable steps: results, retries, failures, compensation, and what an invocation does when its handler fails. */
final class StepsTest {
    @ParameterizedTest
    @EnumSource
    void run_sequence(Subject subject) {
        compare(subject, "steps", world -> {
            var answer = world.call("Ops/steps", 12).expect(200, "[0,1,2,3,4,5,6,7,8,9,10,11]");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void run_failsAndSucceedsLater(Subject subject) {
        compare(subject, "flaky", world -> {
            var answer = world.call("Ops/flaky", 1).expect(200, "done");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void run_retriesExhausted_failsTheStep(Subject subject) {
        compare(subject, "exhausted", world -> {
            var answer = world.call("Ops/exhausted", null).expect(500, "no luck");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void run_withThreeAttempts_isExecutedThreeTimes_whateverFiresMeanwhile(Subject subject) {
        compare(subject, "tries", world -> {
            world.call("Ops/tries", 0).expect(200, "3");
            world.call("Ops/tries", 20).expect(200, "3");
        });
    }

    @ParameterizedTest
    @EnumSource
    void run_terminalError_failsTheStep(Subject subject) {
        compare(subject, "refuse", world -> {
            var answer = world.call("Ops/refuse", Map.of("code", 422, "message", "no"))
                    .expect(422, "no");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void saga_failsHalfway_compensates(Subject subject) {
        compare(subject, "saga", world -> {
            world.journal(world.call("Ops/saga", "none").expect(200, "booked").invocationId());
            world.journal(
                    world.call("Ops/saga", "hotel").expect(409, "no hotel left").invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void sleep_thenGoesOn(Subject subject) {
        compare(subject, "nap", world -> {
            var answer = world.call("Ops/nap", 50).expect(200, "slept");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void randomNumbersAndTimes_sameInEveryReplay(Subject subject) {
        compare(subject, "chance", world -> {
            var answer = world.call("Ops/chance", null, "idempotency-key", world.key())
                    .expect(200, "true");
            world.sameId(answer.invocationId());
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void handler_failsAndSucceedsLater(Subject subject) {
        compare(subject, "unstable", world -> {
            var answer = world.call("Ops/unstable", 2).expect(200, "3");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "TS_OLDER") // it cannot say when a handler has failed too often
    void handler_tooManyFailures_pausesUntilResumed(Subject subject) {
        compare(subject, "pauses", world -> {
            String id = world.send("Ops/pauses", null);
            world.awaitStatus(id, "paused");
            world.invocation(id);
            world.events(id);
            world.admin("PATCH", "/invocations/" + id + "/resume", null).expect(200, "");
            world.attach(id).expect(200, "resumed");
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "TS_OLDER") // it cannot say when a handler has failed too often
    void handler_takesAnotherPath_mismatch(Subject subject) {
        compare(subject, "diverge", world -> {
            var answer = world.call("Ops/diverge", null).expect(570, "mismatch");
            world.journal(answer.invocationId());
            world.events(answer.invocationId());
        });
    }
}
