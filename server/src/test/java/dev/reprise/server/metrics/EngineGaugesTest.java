package dev.reprise.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.Engine;
import dev.reprise.engine.call.Call;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.service.ServiceDefinition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineGaugesTest {
    private static final int ROOM = 2;

    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch running = new CountDownLatch(ROOM);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Reprise reprise = Reprise.embedded()
            .config(EngineConfig.builder()
                    .partitions(1)
                    .attemptsMax(ROOM)
                    .retryPolicy(RetryPolicy.DEFAULT.withIntervals(Duration.ofHours(1), Duration.ofHours(1)))
                    .build())
            .bind(ServiceDefinition.service("Worker")
                    .handler("work", Void.class, Void.class, (_, _) -> work())
                    .handler("fail", Void.class, Void.class, (_, _) -> {
                        throw new IllegalStateException("not today");
                    })
                    .build())
            .bind(ServiceDefinition.object("Account")
                    .handler("work", Void.class, Void.class, (_, _) -> work())
                    .build())
            .start();
    private final Engine engine = reprise.engine();

    private Void work() throws InterruptedException {
        running.countDown();
        never.await(1, TimeUnit.MINUTES);
        return null;
    }

    @AfterEach
    void close() {
        never.countDown();
        reprise.close();
    }

    private InvocationId send(String service, @Nullable String key, String handler, long atMillis) {
        Call call = new Call(service, key, handler, Bytes.EMPTY, List.of(), null, null, null, atMillis, null);
        return ((Response.Accepted) engine.send(call).join()).invocationId();
    }

    private double gauge(String name, String state) {
        return meters.get(name).tag("state", state).gauge().value();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void gauges_countWhatRunsAndWhatWaits() throws InterruptedException {
        send("Worker", null, "fail", 0);
        await(() -> engine.views().attempts().stream().anyMatch(attempt -> attempt.nextRetryMillis() > 0));
        send("Account", "a", "work", 0);
        send("Account", "a", "work", 0);
        send("Account", "a", "work", 0);
        send("Worker", null, "work", Long.MAX_VALUE);
        send("Worker", null, "work", 0);
        send("Worker", null, "work", 0);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        await(() -> engine.views().attempts().size() == ROOM + 2);
        new EngineGauges(engine).register(meters);

        assertThat(gauge("reprise.attempts", "running")).isEqualTo(ROOM);
        assertThat(gauge("reprise.attempts", "backing-off")).isEqualTo(1);
        assertThat(gauge("reprise.attempts", "queued")).isEqualTo(1);
        assertThat(gauge("reprise.invocations", "pending")).isEqualTo(2);
        assertThat(gauge("reprise.invocations", "scheduled")).isEqualTo(1);
        assertThat(gauge("reprise.invocations", "invoked")).isEqualTo(ROOM + 2);
        assertThat(meters.get("reprise.partitions.stopped").gauge().value()).isZero();
    }
}
