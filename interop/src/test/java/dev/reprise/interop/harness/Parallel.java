package dev.reprise.interop.harness;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work beside the calling thread, on threads of its own: what waits for another process must not starve a shared pool.
 */
public final class Parallel {
    private static final ExecutorService THREADS = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("interop-", 0).factory());

    private Parallel() {}

    public static <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS);
    }

    /** Runs {@code work} for all keys at once and waits for all results. */
    public static <K, V> Map<K, V> forAll(Collection<K> keys, Function<K, V> work) {
        Map<K, CompletableFuture<V>> running = new LinkedHashMap<>();
        keys.forEach(key -> running.put(key, start(() -> work.apply(key))));
        Map<K, V> results = new LinkedHashMap<>();
        running.forEach((key, value) -> results.put(key, value.join()));
        return results;
    }
}
