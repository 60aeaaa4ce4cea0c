package dev.reprise.benchmarks;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one durable step costs a partition without log, store and threads: its two records applied, in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ApplyBenchmark {
    private static final int STEPS_MAX = 1_000;
    private static final long EPOCH = 1;

    private final PartitionStateMachine machine = new PartitionStateMachine(0, new Partitioning(1));
    private final PartitionTables tables = new PartitionTables(new MemoryStore().partition(0));
    private final Result value = new Result.Value(Bytes.wrap(new byte[100]));
    private long lsn;
    private int steps;
    private AttemptId attempt = new AttemptId(new InvocationId(1, 0, 1), EPOCH, 0);

    /** Lets the partition lead, with one invocation running. */
    @Setup
    public void begin() {
        apply(new PartitionRecord.AnnounceLeader(0, 0));
        invoke();
    }

    private void invoke() {
        InvocationId id = new InvocationId(1, 0, lsn + 1);
        InvocationTarget target = new InvocationTarget("Bench", null, "run", HandlerKind.SERVICE);
        apply(new PartitionRecord.Invoke(new InvocationRequest(
                id, target, Bytes.EMPTY, List.of(), null, null, null, 0, 0, 0, 42, new Origin.Client(), null, null)));
        attempt = new AttemptId(id, EPOCH, lsn);
        steps = 0;
    }

    private List<Action> apply(PartitionRecord record) {
        lsn++;
        List<Action> actions = machine.apply(lsn, lsn, record, tables);
        tables.applied(lsn);
        tables.commit();
        return actions;
    }

    /** A run and its result; every thousandth time the invocation ends and another begins. */
    @Benchmark
    public List<Action> step() {
        if (steps == STEPS_MAX) {
            apply(new PartitionRecord.Ended(attempt));
            invoke();
        }
        steps++;
        apply(new PartitionRecord.EntryAppended(attempt, MessageCodec.encode(new Command.Run(steps, "step")), null));
        List<Action> actions = apply(new PartitionRecord.RunProposed(attempt, steps, value));
        if (actions.isEmpty()) {
            throw new IllegalStateException("the step was ignored");
        }
        return actions;
    }

    /** The longer of the two records to bytes and back. */
    @Benchmark
    public PartitionRecord codec() {
        return PartitionRecordCodec.decode(
                PartitionRecordCodec.encode(new PartitionRecord.RunProposed(attempt, steps, value)));
    }
}
