package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.InvokerMemory;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.StallPolicy;
import dev.reprise.sdk.client.StallWatch;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that say more than the log takes in: they wait, and the heap does not fill up. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StalledHandlersTest {
    private static final StallWatch WATCH =
            new StallWatch(waiting -> Map.of(), Duration.ofHours(1), Duration.ofHours(1));
    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);
    private static final int STEPS = 64;
    private static final int STEP_BYTES = 256 << 10;
    private static final int POOL_BYTES = 1 << 20;
    /** What the pool does not count: what small messages are made of, and what is about each message. */
    private static final int BESIDE_BYTES = 256 << 10;

    private final StalledLog log = new StalledLog();
    private final AtomicInteger executions = new AtomicInteger();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private CountDownLatch begun = new CountDownLatch(1);
    private MemoryPool pool = new MemoryPool(POOL_BYTES);
    /** The one, once it is started. */
    private final List<Engine> engines = new ArrayList<>();

    private void start(EngineConfig config) {
        InstantSource clock = InstantSource.system();
        List<ServiceDefinition> services = List.of(ServiceDefinition.service("Tested")
                .handler("steps", TEXT, TEXT, (ctx, size) -> steps(ctx, STEPS, Integer.parseInt(size)))
                .handler("step", TEXT, TEXT, (ctx, size) -> steps(ctx, 1, Integer.parseInt(size)))
                .handler("echo", TEXT, TEXT, (ctx, text) -> text)
                .build());
        Registry registry = new Registry(RegistryStore.NONE);
        registry.register(Reprise.deployment(services));
        InvocationHandler handlers =
                new InvocationHandler(services, AttemptThreads.virtual(), clock, new SecureRandom());
        engines.add(Engine.start(
                config,
                new EngineParts(
                        registry,
                        log,
                        new MemoryStore(),
                        new InProcessTransport(handlers, pool),
                        clock,
                        new SecureRandom())));
    }

    private Engine engine() {
        return engines.getFirst();
    }

    private String steps(Context ctx, int count, int size) throws InterruptedException {
        begun.countDown();
        mayGoOn.await();
        List<RestatePromise<String>> steps = IntStream.range(0, count)
                .mapToObj(i -> ctx.runAsync("step", String.class, () -> {
                    executions.incrementAndGet();
                    return "x".repeat(size);
                }))
                .toList();
        RestatePromise.all(steps).await();
        return "executed";
    }

    @AfterEach
    void close() {
        log.goOn();
        engine().close();
    }

    private CompletableFuture<String> call(String handler, int size) {
        Client client = new Client(new EngineTransport(engine(), InstantSource.system(), WATCH, StallPolicy.WAIT));
        return client.callAsync(Target.service("Tested", handler), TEXT, "" + size, TEXT, CallOptions.NONE);
    }

    private void stall() throws InterruptedException {
        begun.await();
        log.stall();
        mayGoOn.countDown();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private void assertHeldBack() {
        int most = POOL_BYTES + BESIDE_BYTES;
        await(() -> pool.waiting() > 0 || log.gatheredBytes() > most);
        assertThat(log.gatheredBytes()).isLessThanOrEqualTo(most);
    }

    @Test
    void log_stalled_aHandlerOfManyStepsWaitsAndThenLosesNothing() throws InterruptedException {
        start(EngineConfig.DEFAULT);
        CompletableFuture<String> answer = call("steps", STEP_BYTES);
        stall();
        await(() -> executions.get() == STEPS);
        assertThat(answer).isNotDone();
        assertThat(log.gatheredBytes()).isLessThanOrEqualTo(POOL_BYTES + BESIDE_BYTES);
        log.goOn();
        assertThat(answer.join()).isEqualTo("executed");
        assertThat(executions).hasValue(STEPS);
        await(() -> pool.usedBytes() == 0);
    }

    @Test
    void log_stalled_manyHandlersWaitTogether() throws InterruptedException {
        begun = new CountDownLatch(STEPS);
        start(EngineConfig.DEFAULT);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            answers.add(call("step", STEP_BYTES));
        }
        stall();
        assertHeldBack();
        log.goOn();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("executed"));
        assertThat(executions).hasValue(STEPS);
        await(() -> pool.usedBytes() == 0);
        assertThat(pool.waiting()).isZero();
    }

    @Test
    void engine_closedWhileHandlersWait_theyEnd() throws InterruptedException {
        begun = new CountDownLatch(STEPS);
        start(EngineConfig.DEFAULT);
        for (int i = 0; i < STEPS; i++) {
            var _ = call("step", STEP_BYTES);
        }
        stall();
        assertHeldBack();
        assertThat(engine().drain(Duration.ofMillis(50))).isFalse();
        engine().close();
        await(() -> pool.usedBytes() == 0 && pool.waiting() == 0);
    }

    @Test
    void invocation_killedWhileItsHandlerWaits_othersGetItsRoom() throws InterruptedException {
        start(EngineConfig.DEFAULT);
        CompletableFuture<String> answer = call("steps", STEP_BYTES);
        stall();
        await(() -> executions.get() == STEPS);
        engine().views().attempts().forEach(attempt -> {
            var _ = engine().kill(attempt.invocationId());
        });
        log.goOn();
        await(answer::isDone);
        await(() -> pool.usedBytes() == 0);
        assertThat(call("step", STEP_BYTES).join()).isEqualTo("executed");
    }

    @Test
    void message_largerThanAllRoom_goesAlone() throws InterruptedException {
        pool = new MemoryPool(STEP_BYTES / 8);
        start(EngineConfig.DEFAULT);
        mayGoOn.countDown();
        assertThat(call("steps", STEP_BYTES).join()).isEqualTo("executed");
        assertThat(executions).hasValue(STEPS);
        await(() -> pool.usedBytes() == 0);
    }

    @Test
    void memoryForAttempts_bounded_holdsHandlersBackToo() throws InterruptedException {
        pool = MemoryPool.unlimited();
        start(EngineConfig.builder()
                .memory(new InvokerMemory(2 * POOL_BYTES, 32 << 10, POOL_BYTES))
                .build());
        CompletableFuture<String> answer = call("steps", STEP_BYTES / 2);
        stall();
        int most = POOL_BYTES + BESIDE_BYTES;
        MemoryPool more = engine().views().memory().getLast();
        await(() -> more.usedBytes() > POOL_BYTES / 2 || log.gatheredBytes() > most);
        await(() -> executions.get() == STEPS);
        assertThat(log.gatheredBytes()).isLessThanOrEqualTo(most);
        log.goOn();
        assertThat(answer.join()).isEqualTo("executed");
        await(() -> more.usedBytes() == 0);
    }

    @Test
    void room_littleForManyHandlers_allComeToTheirEnd() {
        pool = new MemoryPool(64 << 10);
        start(EngineConfig.builder()
                .memory(new InvokerMemory(2 * POOL_BYTES, 32 << 10, POOL_BYTES))
                .build());
        mayGoOn.countDown();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            answers.add(call("steps", 4_000 + 500 * i));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("executed"));
        await(() -> pool.usedBytes() == 0);
    }
}
