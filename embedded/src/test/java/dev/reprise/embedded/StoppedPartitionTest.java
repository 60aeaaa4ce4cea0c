package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.StoreException;
import dev.reprise.engine.store.WriteBatch;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.id.PartitionKey;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.StallPolicy;
import dev.reprise.sdk.client.StallWatch;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A partition whose store fails stops. Who needs it is told, who does not is not disturbed. */
@Timeout(60)
class StoppedPartitionTest {
    private static final StallWatch WATCH =
            new StallWatch(waiting -> Map.of(), Duration.ofHours(1), Duration.ofHours(1));

    private static final Partitioning PARTITIONING = new Partitioning(2);
    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);

    private final Log log = new MemoryLog();
    private final FailingStore store = new FailingStore();
    private final CountDownLatch running = new CountDownLatch(2);

    private final InstantSource clock = InstantSource.system();

    private DeploymentTransport transport;
    private Engine engine;
    private Client client;

    @BeforeEach
    void start() {
        List<ServiceDefinition> services = List.of(ServiceDefinition.object("Echo")
                .handler("echo", TEXT, TEXT, (_, text) -> text)
                .handler("wait", TEXT, TEXT, (ctx, text) -> {
                    running.countDown();
                    ctx.sleep(Duration.ofDays(1));
                    return text;
                })
                .build());
        Registry registry = new Registry(RegistryStore.NONE);
        registry.register(Reprise.deployment(services));
        transport = new InProcessTransport(
                new InvocationHandler(services, AttemptThreads.virtual(), clock, new SecureRandom()));
        engine = start(registry, log);
        client = new Client(new EngineTransport(engine, clock, WATCH, StallPolicy.WAIT));
    }

    private Engine start(Registry registry, Log withLog) {
        EngineConfig config =
                EngineConfig.builder().partitions(PARTITIONING.count()).build();
        return Engine.start(config, new EngineParts(registry, withLog, store, transport, clock, new SecureRandom()));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** From then on the partition of the handler that sleeps has nothing more to do, and reads nothing by itself. */
    private void awaitTimer() {
        while (engine.progress().nextWakeUpMillis() == Long.MAX_VALUE) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private CompletableFuture<String> call(String key, String handler) {
        return client.callAsync(Target.object("Echo", key, handler), TEXT, "hello", TEXT, CallOptions.NONE);
    }

    /** A key that lives in a partition. */
    private static String key(int partition, String prefix) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> prefix + i)
                .filter(key -> PARTITIONING.partitionOf(PartitionKey.of(key)) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnavailable(CompletableFuture<?> answer, String message) {
        assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(ClientException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(ClientException.Reason.UNAVAILABLE);
                    assertThat(failure.code()).isEqualTo(503);
                    assertThat(failure).hasMessageContaining(message);
                });
    }

    @Test
    void store_fails_itsPartitionAnswersWithFailuresAndTheOtherGoesOn()
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<String> waits = call(key(0, "wait"), "wait");
        CompletableFuture<String> other = call(key(1, "wait"), "wait");
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        var id = engine.views().attempts().stream()
                .map(attempt -> attempt.invocationId())
                .filter(found -> PARTITIONING.partitionOf(found) == 0)
                .findFirst()
                .orElseThrow();

        store.failing = 0;
        assertUnavailable(call(key(0, "echo"), "echo"), "partition 0 has stopped");
        assertUnavailable(waits, "the disk is broken");
        assertUnavailable(call(key(0, "echo"), "echo"), "partition 0 has stopped");
        assertThatThrownBy(() -> engine.journal(id).get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(EngineException.class)
                .hasMessage("partition 0 has stopped");

        assertThat(call(key(1, "echo"), "echo").get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(other).isNotDone();
        assertThat(engine.views().attempts()).hasSize(1);
        assertThat(engine.stoppedPartitions()).isEqualTo(1);
    }

    @Test
    void store_cannotBeRead_whoReadsIsToldAndTheReadPartitionStops()
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<String> waits = call(key(0, "wait"), "wait");
        awaitTimer();
        assertThat(call(key(1, "echo"), "echo").get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        InvocationId unknown = new InvocationId(PartitionKey.of(key(0, "other")), 0, 1);

        store.unreadable = 0;
        assertThatThrownBy(() -> engine.views().invocation(unknown).get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.code()).isEqualTo(503))
                .hasMessageContainingAll("partition 0 has stopped", "the disk cannot be read");
        assertUnavailable(waits, "partition 0 has stopped");
        assertUnavailable(call(key(0, "echo"), "echo"), "partition 0 has stopped");

        assertThat(call(key(1, "echo"), "echo").get(30, TimeUnit.SECONDS)).isEqualTo("hello");
        assertThat(engine.stoppedPartitions()).isEqualTo(1);
    }

    @Test
    void engine_closed_whoWaitsAndWhoComesLaterIsTold() throws InterruptedException {
        CompletableFuture<String> waits = call(key(0, "wait"), "wait");
        CompletableFuture<String> other = call(key(1, "wait"), "wait");
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        engine.close();
        assertUnavailable(waits, "the engine was closed");
        assertUnavailable(other, "the engine was closed");
        assertUnavailable(call(key(0, "echo"), "echo"), "the engine was closed");
    }

    @Test
    void log_takesNoMoreRecords_whoAsksIsTold() {
        log.close();
        assertUnavailable(call(key(0, "echo"), "echo"), "");
    }

    @Test
    void engine_thatCannotStart_closesItsLog() {
        store.closed = true;
        Log other = new MemoryLog();
        assertThatThrownBy(() -> start(new Registry(RegistryStore.NONE), other)).hasMessage("the store is closed");
        assertThatThrownBy(() -> other.append(0, 0, Bytes.EMPTY, Log.Urgency.NOW))
                .isInstanceOf(LogException.class);
    }

    /** A store in memory of which a partition cannot be written or read any more. */
    private static final class FailingStore implements Store {
        private final MemoryStore store = new MemoryStore();
        private volatile int failing = -1;
        private volatile int unreadable = -1;
        private volatile boolean closed;

        @Override
        public KeyValueStore partition(int partition) {
            if (closed) {
                throw new StoreException("the store is closed", new IllegalStateException());
            }
            return new ForwardingRows(store.partition(partition)) {
                @Override
                public Optional<Bytes> get(Bytes key) {
                    if (partition == unreadable) {
                        throw new StoreException("the disk cannot be read", new IllegalStateException());
                    }
                    return super.get(key);
                }

                @Override
                public void write(WriteBatch batch) {
                    if (partition == failing) {
                        throw new StoreException("the disk is broken", new IllegalStateException());
                    }
                    super.write(batch);
                }
            };
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
