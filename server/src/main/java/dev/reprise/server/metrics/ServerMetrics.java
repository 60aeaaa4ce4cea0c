package dev.reprise.server.metrics;

import dev.reprise.engine.Engine;
import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.log.file.ForceListener;
import dev.reprise.engine.memory.MemoryPool;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.eclipse.jetty.server.Handler;

/** All metrics, and the handler that serves them. Any thread. */
public final class ServerMetrics implements ForceListener, AutoCloseable {
    private static final double[] QUANTILES = {0.5, 0.9, 0.99};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer forces;
    private final DistributionSummary forcedRecords;
    private final DistributionSummary forcedBytes;
    private final HandlerMeters handlers = new HandlerMeters(registry);
    private final Timer steps;

    /** Begins to measure; every metric carries the names of cluster and node. */
    public ServerMetrics(String cluster, String node) {
        registry.config().commonTags("cluster_name", cluster, "node_name", node);
        forces = Timer.builder("reprise.log.commit.duration")
                .description("Writing and forcing a batch of records")
                .publishPercentiles(QUANTILES)
                .register(registry);
        forcedRecords = DistributionSummary.builder("reprise.log.commit.records")
                .description("Records of a batch")
                .publishPercentiles(QUANTILES)
                .register(registry);
        forcedBytes = DistributionSummary.builder("reprise.log.commit.bytes")
                .description("Bytes of a batch")
                .publishPercentiles(QUANTILES)
                .register(registry);
        steps = Timer.builder("reprise.step.commit.duration")
                .description("From a run's result until it is durable")
                .publishPercentiles(QUANTILES)
                .register(registry);
        bindJvm();
    }

    private void bindJvm() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    @Override
    public void forced(int records, int bytes, long nanos) {
        forces.record(nanos, TimeUnit.NANOSECONDS);
        forcedRecords.record(records);
        forcedBytes.record(bytes);
    }

    /** Measures a transport: attempts and how they end, and the time until a step is durable. */
    public DeploymentTransport around(DeploymentTransport transport) {
        return new MeteredTransport(transport, handlers, steps);
    }

    /** Measures invocations when they end: counts and times. */
    public InvocationObserver around(InvocationObserver observer, InstantSource clock) {
        return new MeteredInvocations(observer, handlers, clock);
    }

    /** Measures a handler: requests by status, and their duration. */
    public Handler around(Handler ingress) {
        return new MeteredIngress(ingress, registry);
    }

    /** Measures an engine, and the disk space of its folder. Both are read at each scrape. */
    public void watch(Engine engine, Path folder) {
        new EngineGauges(engine).register(registry);
        DiskUse disk = new DiskUse(folder);
        Gauge.builder("reprise.disk.used.bytes", disk, DiskUse::bytes)
                .description("Size of the data folder")
                .strongReference(true)
                .register(registry);
        Gauge.builder("reprise.disk.free.bytes", folder, path -> path.toFile().getUsableSpace())
                .description("Space left for it")
                .strongReference(true)
                .register(registry);
    }

    /** Measures how much of pools of memory is taken, reported together under one name. */
    public void watch(String name, List<MemoryPool> pools) {
        memory(name, "restate.memory_pool.usage", "Bytes of memory that are taken", pools, MemoryPool::usedBytes);
        memory(name, "restate.memory_pool.capacity", "Bytes of memory there are", pools, MemoryPool::capacityBytes);
        memory(name, "reprise.memory_pool.waiting", "Who waits for memory", pools, MemoryPool::waiting);
    }

    private void memory(
            String name, String meter, String what, List<MemoryPool> pools, ToLongFunction<MemoryPool> value) {
        Gauge.builder(meter, pools, all -> all.stream().mapToLong(value).sum())
                .description(what)
                .baseUnit(meter.startsWith("restate") ? "bytes" : null)
                .tag("name", name)
                .strongReference(true)
                .register(registry);
    }

    /** Answers {@code GET /metrics} and, for an engine, {@code GET /health}. */
    public Handler handler(Engine engine) {
        return new MetricsHandler(registry, engine);
    }

    /** Answers the web page's questions about an engine, and leaves other requests to other handlers. */
    public Handler report(Engine engine, Path folder, String settings) {
        return new EngineReport(engine, folder, settings, registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
