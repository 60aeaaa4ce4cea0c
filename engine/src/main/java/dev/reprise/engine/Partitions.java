package dev.reprise.engine;

import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.invoker.AttemptViews;
import dev.reprise.engine.invoker.Invoker;
import dev.reprise.engine.invoker.InvokerSettings;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.processor.PartitionFlush;
import dev.reprise.engine.processor.PartitionProcessor;
import dev.reprise.engine.processor.ResponseRegistry;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.views.EngineViews;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of an engine, each with its processor and its drive, and the flushing of their stores. */
final class Partitions {
    private static final Logger logger = LoggerFactory.getLogger(Partitions.class);

    private final InvokerSettings attemptSettings;
    private final Partitioning partitioning;
    private final EngineParts parts;
    private final CallResolver calls;
    private final ResponseRegistry responses;
    private final List<PartitionProcessor> processors = new ArrayList<>();
    private final List<PartitionReads> reads = new ArrayList<>();
    private final List<AttemptViews> attempts = new ArrayList<>();
    private final EngineViews views;
    private final List<PartitionDriver.Drive> drives = new ArrayList<>();
    /** Why partitions have stopped, by their numbers. */
    private final Map<Integer, Throwable> stopped = new ConcurrentSkipListMap<>();

    Partitions(EngineConfig config, EngineParts parts, CallResolver calls, ResponseRegistry responses) {
        this.attemptSettings = new InvokerSettings(config);
        this.partitioning = new Partitioning(config.partitions());
        this.parts = parts;
        this.calls = calls;
        this.responses = responses;
        this.views = new EngineViews(
                partitioning,
                processors,
                reads,
                attempts,
                attemptSettings.pools().all());
        for (int partition = 0; partition < config.partitions(); partition++) {
            add(partition, parts.store().partition(partition));
        }
    }

    private void add(int partition, KeyValueStore rows) {
        PartitionTables tables = new PartitionTables(rows);
        reads.add(PartitionReads.of(rows));
        PartitionFlush flush = new PartitionFlush(
                partition, parts.log(), rows, parts.driver()::flush, cause -> notFlushed(partition, cause));
        PartitionDriver.Drive drive = parts.driver().drive(partition, new DrivenPartition(partition, flush));
        drives.add(drive);
        processors.add(new PartitionProcessor(
                partition,
                parts.log(),
                new PartitionStateMachine(partition, partitioning),
                tables,
                proposals -> {
                    Invoker invoker = new Invoker(
                            attemptSettings,
                            parts.registry(),
                            calls,
                            parts.transport(),
                            proposals,
                            tables,
                            parts.random());
                    attempts.add(invoker.views());
                    return invoker;
                },
                new PartitionPorts(),
                parts.clock(),
                drive::wakeUp));
    }

    /** The surroundings of each partition. */
    private final class PartitionPorts implements PartitionProcessor.Ports {
        @Override
        public long run() {
            return responses.run();
        }

        @Override
        public void send(int partition, PartitionRecord record) {
            processors.get(partition).propose(record, Urgency.NOW);
        }

        @Override
        public void respond(RequestId request, Response response) {
            responses.respond(request, response);
        }

        @Override
        public void started(Invocation invocation) {
            parts.observer().started(invocation);
        }

        @Override
        public void ended(Invocation invocation, Result result) {
            parts.observer().ended(invocation, result);
        }
    }

    /** One partition, as its driver calls it. */
    private final class DrivenPartition implements PartitionDriver.Driven {
        private final int partition;
        private final PartitionFlush flush;

        DrivenPartition(int partition, PartitionFlush flush) {
            this.partition = partition;
            this.flush = flush;
        }

        private PartitionProcessor processor() {
            return processors.get(partition);
        }

        @Override
        public boolean poll() {
            PartitionProcessor processor = processor();
            boolean more = processor.poll();
            flush.beginIfDue(processor);
            return more;
        }

        @Override
        public long idleMillis() {
            long atMillis = processor().nextWakeUpMillis();
            return atMillis == Long.MAX_VALUE
                    ? Long.MAX_VALUE
                    : Math.max(0, atMillis - parts.clock().millis());
        }

        @Override
        public PartitionDriver.Standing standing() {
            PartitionTables tables = processor().tables();
            return new PartitionDriver.Standing(
                    tables.appliedLsn(), tables.epoch(), processor().leads());
        }

        @Override
        public void end() {
            processor().commit();
            processor().close();
        }

        @Override
        public void fail(Throwable cause) {
            try {
                stopped(partition, cause);
            } finally {
                processor().close();
            }
        }
    }

    Engine.Progress progress(int waitingRequests) {
        long applied = 0;
        long next = Long.MAX_VALUE;
        for (PartitionProcessor processor : processors) {
            long[] values = processor
                    .read(read -> new long[] {read.tables().appliedLsn(), read.nextWakeUpMillis()})
                    .join();
            applied += values[0];
            next = Math.min(next, values[1]);
        }
        return new Engine.Progress(applied, next, waitingRequests);
    }

    List<CompletableFuture<Long>> appliedLsns() {
        return processors.stream()
                .map(processor -> processor.read(read -> read.tables().appliedLsn()))
                .toList();
    }

    void start() {
        drives.forEach(PartitionDriver.Drive::start);
    }

    private static void notFlushed(int partition, RuntimeException cause) {
        logger.error("partition {} could not be flushed; its log stays and grows until it can be", partition, cause);
    }

    private void stopped(int partition, Throwable cause) {
        stopped.put(partition, cause);
        logger.error("partition {} has stopped; its files are as they were", partition, cause);
        responses.end(
                partition,
                new EngineException(EngineException.UNAVAILABLE, "partition " + partition + " has stopped: " + cause));
        parts.observer().stopped(partition, cause);
    }

    /** Why partitions have stopped, by their numbers. Any thread. */
    Map<Integer, Throwable> stopped() {
        return stopped;
    }

    /** The number of the partition an invocation lives in. */
    int of(InvocationId id) {
        return partitioning.partitionOf(id);
    }

    /** The number of the partition that everything with a partition key lives in. */
    int of(long partitionKey) {
        return partitioning.partitionOf(partitionKey);
    }

    List<PartitionProcessor> processors() {
        return processors;
    }

    /** What these partitions show to our own modules. */
    EngineViews views() {
        return views;
    }

    /** Lets open attempts come to an end, for at most this long; answers whether they have. */
    @SuppressWarnings("FutureReturnValueIgnored") // the nested future is what thenCompose takes out
    boolean drain(Duration grace) {
        CompletableFuture<?>[] drained = processors.stream()
                .map(processor -> processor.read(PartitionProcessor::drain).thenCompose(end -> end))
                .map(end -> end.exceptionally(stopped -> null))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(drained).get(Millis.of(grace), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("what has stopped is drained", e);
        }
    }

    /** Ends all attempts and stops the partitions' drives. */
    void stop() {
        drives.forEach(PartitionDriver.Drive::stop);
        parts.driver().close();
        EngineException cause = new EngineException(EngineException.UNAVAILABLE, "the engine was closed");
        for (int partition = 0; partition < processors.size(); partition++) {
            responses.end(partition, cause);
        }
    }
}
