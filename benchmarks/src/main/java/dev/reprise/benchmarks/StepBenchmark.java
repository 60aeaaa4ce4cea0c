package dev.reprise.benchmarks;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Durable steps end to end: the embedded engine with its real log, real RocksDB and real forced writes, beside the bare
 * forced write of the same disk in the same run.
 */
@SuppressWarnings("SystemOut") // a program's output
public final class StepBenchmark {
    private static final Serde<Integer> NUMBER = SerdeFactory.json().create(Integer.class);
    private static final int STEPS = 10;
    /** After 5,000 calls the compiler still took a third of the machine. */
    private static final int WARM_UP = 40_000;

    private final Path folder;
    /** What the steps of handler {@code timed} took. */
    private final Latencies steps = new Latencies();

    private StepBenchmark(Path folder) {
        this.folder = folder;
    }

    /** Runs the named scenarios, or all. */
    public static void main(String[] args) throws IOException {
        Set<String> wanted = Set.of(args);
        Path folder = Files.createTempDirectory(parent(), "bench-");
        try {
            StepBenchmark benchmark = new StepBenchmark(folder);
            benchmark.bareForce();
            benchmark.run(wanted, "latency", benchmark::latency);
            benchmark.run(wanted, "sequential", reprise -> benchmark.throughput(reprise, "sequential"));
            benchmark.run(wanted, "parallel", reprise -> benchmark.throughput(reprise, "parallel"));
            benchmark.run(wanted, "length", benchmark::length);
            benchmark.run(wanted, "sleepers", benchmark::sleepers);
            benchmark.run(wanted, "branches", BranchFlows::measure);
            if (wanted.isEmpty() || wanted.contains("reopen")) {
                benchmark.reopen();
            }
        } finally {
            delete(folder);
        }
    }

    /** On the project's own disk, and where git does not see what a killed benchmark leaves. */
    private static Path parent() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("reprise.bench.dir", ".reprise/bench")));
    }

    private interface Scenario {
        void run(Reprise reprise);
    }

    private void run(Set<String> wanted, String name, Scenario scenario) throws IOException {
        if (!wanted.isEmpty() && !wanted.contains(name)) {
            return;
        }
        Path data = folder.resolve(name);
        try (Reprise reprise = open(data)) {
            scenario.run(reprise);
        }
        delete(data);
    }

    private Reprise open(Path data) {
        return Reprise.embedded()
                .folder(data)
                .config(EngineConfig.builder().journalRetention(Duration.ZERO).build())
                .bind(services())
                .bind(BranchFlows.service())
                .start();
    }

    private ServiceDefinition services() {
        return ServiceDefinition.service("Bench")
                .handler("sequential", Integer.class, Integer.class, (ctx, steps) -> {
                    int sum = 0;
                    for (int i = 0; i < steps; i++) {
                        sum += ctx.run("step", Integer.class, () -> 1);
                    }
                    return sum;
                })
                .handler("timed", Integer.class, Integer.class, (ctx, count) -> {
                    int sum = 0;
                    for (int i = 0; i < count; i++) {
                        long start = System.nanoTime();
                        sum += ctx.run("step", Integer.class, () -> 1);
                        steps.add(System.nanoTime() - start);
                    }
                    return sum;
                })
                .handler("parallel", Integer.class, Integer.class, (ctx, steps) -> {
                    List<RestatePromise<Integer>> runs = new ArrayList<>();
                    for (int i = 0; i < steps; i++) {
                        runs.add(ctx.runAsync("step", Integer.class, () -> 1));
                    }
                    return RestatePromise.all(runs).await().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
                })
                .handler("sleep", Integer.class, Integer.class, (ctx, seconds) -> {
                    ctx.sleep(Duration.ofSeconds(seconds));
                    return seconds;
                })
                .build();
    }

    private void bareForce() {
        Latencies forces = new Latencies();
        BareForce.measure(folder, 3_000, forces);
        System.out.printf(
                "bare 4 KiB write + fdatasync: p50 %.0f us, p99 %.0f us, %.0f/s%n",
                forces.percentile(0.5), forces.percentile(0.99), 1e6 / forces.percentile(0.5));
    }

    /** Steps and bare forces by turns, so that both meet the same machine. */
    private void latency(Reprise reprise) {
        Latencies forces = new Latencies();
        Latencies calls = new Latencies();
        measureCalls(reprise, new Latencies(), 5_000);
        steps.clear();
        long switches = 0;
        for (int round = 0; round < 20; round++) {
            BareForce.measure(folder, 100, forces);
            long before = ThreadSwitches.count();
            measureCalls(reprise, calls, 40);
            switches += ThreadSwitches.count() - before;
        }
        double force = forces.percentile(0.5);
        System.out.printf("one at a time, by turns with bare forces of p50 %.0f us:%n", force);
        System.out.printf(
                "  a sequential step: p50 %.0f us, p99 %.0f us, %.2f times the force%n",
                steps.percentile(0.5), steps.percentile(0.99), steps.percentile(0.5) / force);
        System.out.printf(
                "  a call of %d steps: p50 %.0f us, p99 %.0f us, %.1f thread switches%n",
                STEPS, calls.percentile(0.5), calls.percentile(0.99), switches / 800.0);
    }

    private static void measureCalls(Reprise reprise, Latencies latencies, int calls) {
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            call(reprise.client(), "timed", STEPS).join();
            latencies.add(System.nanoTime() - start);
        }
    }

    private void throughput(Reprise reprise, String handler) {
        measureThroughput(reprise, handler, WARM_UP);
        long written = writtenBytes();
        int invocations = 20_000;
        double seconds = measureThroughput(reprise, handler, invocations);
        double steps = (double) invocations * STEPS;
        System.out.printf(
                "1,000 at once, %d %s steps each: %.0f steps/s, %.0f bytes written per step, heap %d MiB%n",
                STEPS, handler, steps / seconds, (writtenBytes() - written) / steps, usedHeapBytes() >> 20);
    }

    private double measureThroughput(Reprise reprise, String handler, int invocations) {
        Semaphore room = new Semaphore(1_000);
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < invocations; i++) {
            room.acquireUninterruptibly();
            calls.add(call(reprise.client(), handler, STEPS).whenComplete((_, _) -> room.release()));
        }
        for (CompletableFuture<Integer> call : calls) {
            if (call.join() != STEPS) {
                throw new IllegalStateException("a call gave a wrong sum");
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void length(Reprise reprise) {
        call(reprise.client(), "sequential", 2_000).join();
        int base = 500;
        int length = 5_000;
        Latencies few = new Latencies();
        Latencies many = new Latencies();
        for (int i = 0; i < 5; i++) {
            few.add(time(reprise, base) / base);
            many.add(time(reprise, length) / length);
        }
        System.out.printf(
                "one invocation: %.0f us a step up to length 500, %.0f us up to length %d%n",
                few.percentile(0.5), many.percentile(0.5), length);
    }

    private static long time(Reprise reprise, int steps) {
        long start = System.nanoTime();
        call(reprise.client(), "sequential", steps).join();
        return System.nanoTime() - start;
    }

    private void sleepers(Reprise reprise) {
        long before = usedHeapBytes();
        int sleepers = 100_000;
        long start = System.nanoTime();
        sendSleepers(reprise.client(), sleepers);
        double seconds = (System.nanoTime() - start) / 1e9;
        awaitQuiet();
        long each = (usedHeapBytes() - before) / sleepers;
        System.out.printf("%d sleepers accepted in %.1f s, %d bytes of heap each%n", sleepers, seconds, each);
        double busy = measureThroughput(reprise, "sequential", 10_000);
        System.out.printf("beside them: %.0f sequential steps/s%n", 10_000.0 * STEPS / busy);
    }

    private void reopen() throws IOException {
        Path data = folder.resolve("reopen");
        try (Reprise reprise = open(data)) {
            sendSleepers(reprise.client(), 100_000);
        }
        long start = System.nanoTime();
        try (Reprise reprise = open(data)) {
            call(reprise.client(), "sequential", 1).join();
            System.out.printf(
                    "reopened with 100,000 unfinished: first step after %.2f s%n", (System.nanoTime() - start) / 1e9);
        }
        delete(data);
    }

    private static void sendSleepers(Client client, int sleepers) {
        Semaphore room = new Semaphore(1_000);
        List<CompletableFuture<SentInvocation<Integer>>> sends = new ArrayList<>();
        for (int i = 0; i < sleepers; i++) {
            room.acquireUninterruptibly();
            sends.add(client.sendAsync(Target.service("Bench", "sleep"), NUMBER, 3_600, NUMBER, SendOptions.NONE)
                    .whenComplete((_, _) -> room.release()));
        }
        sends.forEach(CompletableFuture::join);
    }

    private static CompletableFuture<Integer> call(Client client, String handler, int argument) {
        return client.callAsync(Target.service("Bench", handler), NUMBER, argument, NUMBER, CallOptions.NONE);
    }

    /** Until the suspensions that follow have settled. */
    private static void awaitQuiet() {
        long last = -1;
        long now = writtenBytes();
        while (now != last) {
            last = now;
            try {
                Thread.sleep(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            now = writtenBytes();
        }
    }

    private static long usedHeapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * What this process has given to write calls; 0 where the system does not say. The counter of bytes sent to the
     * disk is no use: it counts a whole folio of the page cache for each small write into it.
     */
    private static long writtenBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/io"))) {
            return lines.filter(line -> line.startsWith("wchar:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
