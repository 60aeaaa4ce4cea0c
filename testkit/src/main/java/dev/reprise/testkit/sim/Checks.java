package dev.reprise.testkit.sim;

import dev.reprise.engine.PartitionDriver.Standing;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All checks, and the replicas they look at. */
final class Checks implements Disks.Observer {
    private static final int RECORDS_PER_LOOK = 16;

    private final Partitioning partitioning;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Check> checks;
    private long records;

    Checks(Partitioning partitioning, List<Check> checks) {
        this.partitioning = partitioning;
        this.checks = List.copyOf(checks);
        for (int partition = 0; partition < partitioning.count(); partition++) {
            replicas.add(new Replica(partition, partitioning));
        }
    }

    Replica replica(int partition) {
        return replicas.get(partition);
    }

    Replica replica(InvocationId id) {
        return replicas.get(partitioning.partitionOf(id));
    }

    List<Replica> replicas() {
        return replicas;
    }

    @Override
    public void durable(int partition, LogRecord record) {
        Replica replica = replicas.get(partition);
        Replica.Applied applied = replica.apply(record);
        each(check -> check.applied(applied));
        if (++records % RECORDS_PER_LOOK == 0) {
            look();
        }
    }

    /** Lets every check look at everything. */
    void look() {
        for (Replica replica : replicas) {
            each(check -> check.look(replica));
        }
    }

    void streamOpened(SimulatedStream stream) {
        each(check -> check.streamOpened(stream, replica(stream.invocationId())));
    }

    void streamCut(SimulatedStream stream) {
        each(check -> check.streamCut(stream, replica(stream.invocationId())));
    }

    void messagesToHandler(SimulatedStream stream, List<RawMessage> messages) {
        each(check -> check.messagesToHandler(stream, replica(stream.invocationId()), messages));
    }

    void messagesFromHandler(SimulatedStream stream, List<RawMessage> messages) {
        each(check -> check.messagesFromHandler(stream, messages));
    }

    void runExecuted(InvocationId id, String run, long knownLsn) {
        each(check -> check.runExecuted(id, run, knownLsn));
    }

    void responded(InvocationId id, Response response) {
        each(check -> check.responded(replica(id), id, response));
    }

    void refused(InvocationId id) {
        each(check -> check.refused(id));
    }

    void polled(SimulatedNode node, int partition, Standing standing) {
        each(check -> check.polled(node, replicas.get(partition), standing));
    }

    /** The invocations that have not completed. */
    List<Invocation> unfinished() {
        List<Invocation> unfinished = new ArrayList<>();
        for (Replica replica : replicas) {
            replica.reads()
                    .forEachInvocation(invocation ->
                            invocation.status() instanceof InvocationStatus.Completed || unfinished.add(invocation));
        }
        return unfinished;
    }

    void ended() {
        look();
        for (Replica replica : replicas) {
            each(check -> check.ended(replica));
        }
    }

    private void each(Consumer<Check> event) {
        checks.forEach(event);
    }
}
