package dev.reprise.server.query;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.call.Call;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An engine in memory with {@link ScriptedServices}, and queries over it. */
final class TestEngine implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    final CountingStore store = new CountingStore();
    final Registry registry = new Registry(RegistryStore.NONE);
    final Engine engine;

    TestEngine() {
        registry.register(ScriptedServices.deployment());
        engine = Engine.start(
                EngineConfig.DEFAULT,
                new EngineParts(
                        registry,
                        new MemoryLog(),
                        store,
                        new ScriptedServices(),
                        InstantSource.system(),
                        RandomGenerator.of("SecureRandom")));
    }

    /** Lets a handler be called. */
    InvocationId send(String service, @Nullable String key, String handler) {
        return send(service, key, handler, null, 0);
    }

    InvocationId send(
            String service, @Nullable String key, String handler, @Nullable String idempotencyKey, long atMillis) {
        Call call =
                new Call(service, key, handler, Bytes.utf8("1"), List.of(), idempotencyKey, null, null, atMillis, null);
        Response response = engine.send(call)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (response instanceof Response.Accepted accepted) {
            return accepted.invocationId();
        }
        throw new AssertionError("expected " + call + " to be accepted, found " + response);
    }

    /** Waits until something holds. */
    static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits until a query has this answer. */
    static void awaitRows(QueryEngine queries, String sql, List<Map<String, Object>> expected) {
        await(sql + " = " + expected, () -> Answers.rows(queries, sql).equals(expected));
    }

    @Override
    public void close() {
        engine.close();
    }
}
