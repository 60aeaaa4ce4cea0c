package dev.reprise.engine.views;

import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.invoker.AttemptViews;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.processor.PartitionProcessor;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.id.PartitionKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An engine as SQL, metrics, embedded programs and the simulator look at it. It shows types of the engine's inner
 * packages, so it is exported only to our own modules. Any thread.
 */
public final class EngineViews {
    private final Partitioning partitioning;
    private final List<PartitionProcessor> processors;
    private final List<PartitionReads> reads;
    private final List<AttemptViews> attempts;
    private final List<MemoryPool> memory;

    /** Views of partitions; each list but the last has one element for each, in their order. */
    public EngineViews(
            Partitioning partitioning,
            List<PartitionProcessor> processors,
            List<PartitionReads> reads,
            List<AttemptViews> attempts,
            List<MemoryPool> memory) {
        this.partitioning = partitioning;
        this.processors = processors;
        this.reads = Collections.unmodifiableList(reads);
        this.attempts = attempts;
        this.memory = memory;
    }

    /** The committed state of each partition, in their order. */
    public List<PartitionReads> reads() {
        return reads;
    }

    /** The committed state of the partition that an invocation lives in. */
    public PartitionReads reads(InvocationId id) {
        return reads.get(partitioning.partitionOf(id));
    }

    /** The committed state of the partition that everything of a key lives in, outside any scope. */
    public PartitionReads reads(String key) {
        return reads.get(partitioning.partitionOf(PartitionKey.of(key)));
    }

    /** An invocation as its partition has it now, committed or not. */
    public CompletableFuture<Optional<Invocation>> invocation(InvocationId id) {
        return processors
                .get(partitioning.partitionOf(id))
                .read(processor -> processor.tables().invocations().get(id));
    }

    /** The attempts that run or wait to run, each as it is at the moment it is visited. */
    public List<AttemptView> attempts() {
        return attempts.stream().flatMap(views -> views.all().stream()).toList();
    }

    /** An invocation's attempt, open or waiting; empty if there is none. */
    public Optional<AttemptView> attempt(InvocationId id) {
        return attempts.get(partitioning.partitionOf(id)).get(id);
    }

    /** The memory pools that attempts share. */
    public List<MemoryPool> memory() {
        return memory;
    }
}
