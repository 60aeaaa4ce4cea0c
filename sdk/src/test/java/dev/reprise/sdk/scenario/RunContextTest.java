package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.run.RunContext;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the closures of runs can know of their step. */
class RunContextTest {
    private final List<RunContext> steps = new ArrayList<>();

    private String record(RunContext step) {
        steps.add(step);
        return "";
    }

    @Test
    void closures_ofEveryForm_areGivenTheirStep() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            List<RestatePromise<?>> runs = List.of(
                    ctx.runAsync("class", String.class, this::record),
                    ctx.runAsync("effect", step -> {
                        steps.add(step);
                    }),
                    ctx.runAsync(RunOptions.NONE, String.class, step -> record(step)),
                    ctx.runAsync(
                            RunOptions.NONE, Serde.raw(), step -> record(step).getBytes(StandardCharsets.UTF_8)),
                    ctx.runAsync(RunOptions.NONE, step -> {
                        steps.add(step);
                    }));
            return RestatePromise.all(runs).await().toString();
        });
        assertThat(attempt.sent(ProposeRunCompletion.class)).hasSize(5);
        assertThat(steps).hasSize(5).allMatch(step -> step.attempt() == 1);
    }

    @Test
    void key_isTheStepsOwn_andTheSameInEveryAttempt() {
        Code<Context, Void, String> code = (ctx, nothing) -> RestatePromise.all(
                        ctx.runAsync("a", String.class, this::record), ctx.runAsync("b", String.class, this::record))
                .map(String::concat)
                .await();
        Attempts.service(code);
        Attempts.retried(2, code, new Command.Run(1, "a"), new Command.Run(2, "b"));
        List<String> keys = steps.stream()
                .map(RunContext::idempotencyKey)
                .sorted()
                .distinct()
                .toList();
        assertThat(steps).hasSize(4);
        assertThat(keys)
                .hasSize(2)
                .allMatch(key -> UUID.fromString(key).toString().equals(key));
        assertThat(steps).extracting(RunContext::attempt).containsExactlyInAnyOrder(1, 1, 3, 3);
    }

    @Test
    void deadline_isThatOfThePolicy() {
        RetryPolicy policy = RetryPolicy.fixed(Duration.ofMillis(100)).withMaxDuration(Duration.ofSeconds(5));
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            ctx.run("none", String.class, this::record);
            return ctx.run(RunOptions.named("some").withRetryPolicy(policy), String.class, step -> {
                record(step);
                throw new IllegalStateException("no");
            });
        });
        attempt.receive(new ProposeRunCompletionAck(1)).advance(Duration.ofMillis(100));
        assertThat(steps).hasSize(3);
        assertThat(steps.getFirst().deadline()).isEmpty();
        assertThat(steps.subList(1, 3))
                .allMatch(step -> step.deadline().orElseThrow().equals(FakeAttempt.NOW.plusSeconds(5)));
    }
}
