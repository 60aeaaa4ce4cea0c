package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closures that compute, as many as there are processors and more, and what goes on beside them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyClosuresTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final CountDownLatch cancellable = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch again = new CountDownLatch(2);
    private final CountDownLatch unwound = new CountDownLatch(1);
    private final Set<String> executed = new ConcurrentSkipListSet<>();
    private volatile CountDownLatch spinning = new CountDownLatch(0);
    private volatile RunOptions options = RunOptions.NONE;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Thread spinner = Thread.currentThread();
    private volatile boolean stop;
    private volatile boolean interrupted;

    private final ServiceDefinition service = ServiceDefinition.service("Busy")
            .handler("spin", String.class, String.class, (ctx, text) -> {
                ctx.run(options, () -> spin(text));
                return text;
            })
            .handler("work", String.class, String.class, (ctx, text) -> {
                ctx.timer("a moment", Duration.ofMillis(1)).await();
                return ctx.run(RunOptions.named("work").onVirtualThread(), String.class, () -> text + "!");
            })
            .handler("cancelled", String.class, String.class, (ctx, _) -> untilCancelled(ctx))
            .handler("compute", String.class, String.class, this::compute)
            .handler("failing", String.class, String.class, (ctx, _) -> failing(ctx))
            .handler("beside", String.class, String.class, this::beside)
            .options(
                    "failing",
                    HandlerOptions.builder()
                            .inactivityTimeout(Duration.ZERO)
                            .abortTimeout(Duration.ofMillis(1))
                            .build())
            .build();

    /** Needs a processor until it is told to stop. */
    private void spin(String name) {
        spinner = Thread.currentThread();
        executed.add(name);
        spinning.countDown();
        while (!stop) {
            Thread.onSpinWait();
        }
        interrupted |= Thread.currentThread().isInterrupted();
    }

    private String untilCancelled(Context ctx) {
        cancellable.countDown();
        try {
            ctx.sleep(Duration.ofDays(1));
            return "slept";
        } catch (CancelledException e) {
            return "cancelled";
        }
    }

    private String compute(Context ctx, String name) {
        RestatePromise<?> run = ctx.runAsync(options, () -> {
            executed.add(name);
        });
        asked.countDown();
        try {
            run.await();
        } finally {
            unwound.countDown();
        }
        return name;
    }

    private String failing(Context ctx) {
        RunOptions twice = RunOptions.named("failing")
                .withRetryPolicy(RetryPolicy.fixed(Duration.ofMillis(1)).withMaxAttempts(2))
                .onPlatformThread();
        RestatePromise<?> run = ctx.runAsync(twice, () -> {
            throw new IllegalStateException("failure " + failures.incrementAndGet());
        });
        try {
            run.await();
        } finally {
            unwound.countDown();
        }
        return "succeeded";
    }

    /** A closure that fails at first, and one that waits for a platform thread. */
    private String beside(Context ctx, String text) {
        RestatePromise<?> waiting = ctx.runAsync(RunOptions.named("waiting").onPlatformThread(), () -> {
            executed.add(text);
        });
        RestatePromise<?> failing = ctx.runAsync("failing", () -> {
            again.countDown();
            if (failures.incrementAndGet() == 1) {
                throw new IllegalStateException("failure 1");
            }
        });
        RestatePromise.all(List.of(waiting, failing)).await();
        return text;
    }

    @AfterEach
    void letThemEnd() {
        stop = true;
    }

    private static Target handler(String name) {
        return Target.service("Busy", name);
    }

    private static String call(Client client, String handler, String text) {
        return client.call(handler(handler), text, String.class);
    }

    private List<String> spinners(Client client, int count, int atOnce) throws InterruptedException {
        spinning = new CountDownLatch(atOnce);
        List<String> ids = IntStream.range(0, count)
                .mapToObj(i -> client.send(handler("spin"), "spinner " + i).id())
                .toList();
        spinning.await();
        return ids;
    }

    /** Runs, timers and cancellations end while more closures want to compute than there are processors. */
    private void requireOthersToGoOn(Reprise.Builder builder) throws InterruptedException {
        try (Reprise reprise = builder.bind(service).start()) {
            Client client = reprise.client();
            List<String> spinners = spinners(client, 2 * PROCESSORS, PROCESSORS);

            assertThat(call(client, "work", "done")).isEqualTo("done!");
            String sleeper = client.send(handler("cancelled"), "").id();
            cancellable.await();
            client.invocation(sleeper).cancel();
            assertThat(client.invocation(sleeper).attach(String.class)).isEqualTo("cancelled");

            assertThat(stop).isFalse();
            stop = true;
            spinners.forEach(
                    id -> assertThat(client.invocation(id).attach(String.class)).startsWith("spinner"));
            assertThat(executed).hasSize(2 * PROCESSORS);
        }
    }

    @Test
    void runs_onPlatformThreadsByTheirOptions_letOthersGoOn() throws InterruptedException {
        options = RunOptions.named("spin").onPlatformThread();
        requireOthersToGoOn(Reprise.embedded());
    }

    @Test
    void runs_onPlatformThreadsByDefault_letOthersGoOn() throws InterruptedException {
        requireOthersToGoOn(Reprise.embedded().runThread(RunThread.PLATFORM));
    }

    @Test
    void run_thatWaitsForAThreadWhenItsInvocationIsKilled_isNotExecuted() throws InterruptedException {
        options = RunOptions.named("compute").onPlatformThread();
        try (Reprise reprise =
                Reprise.embedded().runPlatformThreadsMax(1).bind(service).start()) {
            Client client = reprise.client();
            spinners(client, 1, 1);
            String id = client.send(handler("compute"), "killed").id();
            asked.await();
            client.invocation(id).kill();
            unwound.await();
            assertThatThrownBy(() -> client.invocation(id).attach(String.class)).isInstanceOf(ClientException.class);

            stop = true;
            // There is one thread, and what waits comes in order: the other would have been before.
            assertThat(call(client, "compute", "later")).isEqualTo("later");
            assertThat(executed).containsExactly("later", "spinner 0");
        }
    }

    @Test
    void run_thatWaitsForAThreadWhenTheEngineCloses_isNotExecuted() throws InterruptedException {
        options = RunOptions.named("compute").onPlatformThread();
        try (Reprise reprise =
                Reprise.embedded().runPlatformThreadsMax(1).bind(service).start()) {
            spinners(reprise.client(), 1, 1);
            reprise.client().send(handler("compute"), "waiting");
            asked.await();
        }
        stop = true;
        spinner.join();
        assertThat(interrupted).isTrue();
        assertThat(executed).containsExactly("spinner 0");
    }

    @Test
    void run_thatFails_isRetriedWhileAnotherOfItsHandlerWaitsForAThread() throws InterruptedException {
        try (Reprise reprise =
                Reprise.embedded().runPlatformThreadsMax(1).bind(service).start()) {
            options = RunOptions.named("spin").onPlatformThread();
            Client client = reprise.client();
            spinners(client, 1, 1);
            String id = client.send(handler("beside"), "beside").id();
            again.await();
            assertThat(executed).containsExactly("spinner 0");
            stop = true;
            assertThat(client.invocation(id).attach(String.class)).isEqualTo("beside");
            assertThat(executed).containsExactly("beside", "spinner 0");
        }
    }

    @Test
    void run_thatWasDropped_isExecutedAsOftenAsItHasAttempts() throws InterruptedException {
        try (Reprise reprise =
                Reprise.embedded().runPlatformThreadsMax(1).bind(service).start()) {
            options = RunOptions.named("spin").onPlatformThread();
            Client client = reprise.client();
            spinners(client, 1, 1);
            String id = client.send(handler("failing"), "failing").id();
            unwound.await();
            stop = true;
            assertThatThrownBy(() -> client.invocation(id).attach(String.class)).hasMessageContaining("failure 2");
            assertThat(failures).hasValue(2);
        }
    }
}
