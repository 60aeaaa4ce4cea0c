package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.store.GatherLimits;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a step of a running invocation costs: no read, and writes whose size does not depend on the journal's length.
 */
final class StepCostTest {
    private static final InvocationId ID = new InvocationId(1, 0, 1);
    private static final int STEPS = 5_000;

    private final CountingRows store = new CountingRows(GatherLimits.NONE);
    private final PartitionTables tables = new PartitionTables(store);
    private final PartitionStateMachine machine = new PartitionStateMachine(0, new Partitioning(1));
    private long lsn;

    private void apply(PartitionRecord record) {
        lsn++;
        machine.apply(lsn, lsn, record, tables);
        tables.applied(lsn);
        tables.commit();
    }

    private AttemptId start() {
        InvocationTarget target = new InvocationTarget("S", null, "h", HandlerKind.SERVICE);
        Bytes argument = Bytes.wrap(new byte[10_000]);
        apply(new PartitionRecord.Invoke(new InvocationRequest(
                ID, target, argument, List.of(), null, null, null, 0, 0, 0, 0, Origin.Client.INSTANCE, null, null)));
        return new AttemptId(ID, 0, lsn);
    }

    @Test
    void steps_ofARunningInvocation_readNothingAndWriteLittle() {
        AttemptId attempt = start();
        int reads = store.reads();
        for (int step = 1; step <= STEPS; step++) {
            int writes = store.writes();
            long bytes = store.writtenBytes();
            apply(new PartitionRecord.EntryAppended(
                    attempt, MessageCodec.encode(new Command.Run(step, "a step")), null));
            // The entry, the journal's head and the applied LSN.
            assertThat(store.writes() - writes).isEqualTo(3);
            apply(new PartitionRecord.RunProposed(attempt, step, new Result.Value(Bytes.utf8("result"))));
            // And the notification's id.
            assertThat(store.writes() - writes).isEqualTo(3 + 4);
            assertThat(store.writtenBytes() - bytes).isLessThan(400);
        }
        assertThat(store.reads()).isEqualTo(reads);
        assertThat(tables.journal().length(ID)).isEqualTo(1 + 2 * STEPS);
    }

    @Test
    void invocations_thatEnd_leaveNothingOnTheHeapThatTheStoreLacks() {
        for (int i = 0; i < 3; i++) {
            AttemptId attempt = start();
            apply(new PartitionRecord.EntryAppended(
                    attempt, MessageCodec.encode(new Command.Output(new Result.Value(Bytes.EMPTY), "")), null));
            apply(new PartitionRecord.Ended(attempt));
            assertThat(tables.invocations().get(ID)).isEmpty();
            assertThat(tables.journal().length(ID)).isZero();
        }
    }
}
