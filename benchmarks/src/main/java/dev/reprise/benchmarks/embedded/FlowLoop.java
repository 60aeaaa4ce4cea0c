package dev.reprise.benchmarks.embedded;

import dev.reprise.benchmarks.Latencies;
import dev.reprise.benchmarks.lab.Json;
import dev.reprise.benchmarks.machine.MachineUsage;
import dev.reprise.benchmarks.machine.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs flows, one after the other on each of a number of threads, and checks every result. */
public final class FlowLoop {
    private static final Logger LOGGER = LoggerFactory.getLogger(FlowLoop.class);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final long SEEDS_PER_THREAD = 100_000;

    private final FlowPlan plan;
    private final Consumer<FlowResult> results;

    /** Loops as the plan says, one after the other; each window has a result. */
    public FlowLoop(FlowPlan plan, Consumer<FlowResult> results) {
        this.plan = plan;
        this.results = results;
    }

    /** Loops whose results are printed, a line of JSON for each. */
    @SuppressWarnings("SystemOut") // the results
    public static FlowLoop printing(FlowPlan plan) {
        return new FlowLoop(plan, result -> System.out.println(Json.write(result)));
    }

    /** What one thread did. */
    private record Share(List<Long> nanos, long failures) {}

    /** A window at each concurrency. */
    public void run(String name, int steps, Flow flow) throws InterruptedException {
        for (int threads : plan.concurrencies()) {
            shares(threads, plan.warmupSeconds(), flow);
            results.accept(measure(name, steps, threads, flow));
        }
    }

    private FlowResult measure(String name, int steps, int threads, Flow flow) throws InterruptedException {
        long cpuBefore = cpuMillis();
        MachineUsage machineBefore = MachineUsage.now();
        long begin = System.nanoTime();
        List<Share> shares = shares(threads, plan.seconds(), flow);
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        MachineUsage machine = MachineUsage.now().since(machineBefore);
        long cpuMillis = cpuMillis() - cpuBefore;
        Latencies latencies = new Latencies();
        shares.forEach(share -> share.nanos.forEach(latencies::add));
        return new FlowResult(
                name,
                steps,
                threads,
                latencies.count(),
                shares.stream().mapToLong(Share::failures).sum(),
                seconds,
                latencies.percentile(0.5) / MICROS_PER_MILLI,
                latencies.percentile(0.99) / MICROS_PER_MILLI,
                cpuMillis,
                machine.diskBytes(),
                machine.othersShare(cpuMillis));
    }

    private long cpuMillis() {
        long own = ProcessUsage.of(ProcessHandle.current().pid()).cpuMillis();
        return plan.databasePid() == 0 ? own : own + ProcessUsage.cpuMillisOfTree(plan.databasePid());
    }

    private static List<Share> shares(int threads, double seconds, Flow flow) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * NANOS_PER_SECOND);
        Share[] shares = new Share[threads];
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int index = i;
            running.add(Thread.ofPlatform().start(() -> shares[index] = share(index * SEEDS_PER_THREAD, end, flow)));
        }
        for (Thread thread : running) {
            thread.join();
        }
        return List.of(shares);
    }

    private static Share share(long firstSeed, long endNanos, Flow flow) {
        List<Long> nanos = new ArrayList<>();
        long failures = 0;
        long begin = System.nanoTime();
        for (long seed = firstSeed; begin < endNanos; seed++) {
            boolean right = isRight(flow, seed, failures == 0);
            long now = System.nanoTime();
            if (right) {
                nanos.add(now - begin);
            } else {
                failures++;
            }
            begin = now;
        }
        return new Share(nanos, failures);
    }

    /** A flow that fails is counted, and the first one of each thread shown. */
    private static boolean isRight(Flow flow, long seed, boolean shown) {
        try {
            return flow.isRight(seed);
        } catch (Exception e) {
            if (shown) {
                LOGGER.warn("a flow with seed {} failed", seed, e);
            }
            return false;
        }
    }
}
