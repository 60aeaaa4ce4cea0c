package dev.reprise.simulator.check;

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

/** All checks, and the replicas they inspect. */
public final class Checks {
    private static final int RECORDS_PER_LOOK = 16;

    private final Partitioning partitioning;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Check> checks;
    private long records;

    public Checks(Partitioning partitioning, List<Check> checks) {
        this.partitioning = partitioning;
        this.checks = List.copyOf(checks);
        for (int partition = 0; partition < partitioning.count(); partition++) {
            replicas.add(new Replica(partition, partitioning));
        }
    }

    public Replica replica(int partition) {
        return replicas.get(partition);
    }

    public Replica replica(InvocationId id) {
        return replicas.get(partitioning.partitionOf(id));
    }

    public List<Replica> replicas() {
        return replicas;
    }

    /** A record is durable, and no node has read it yet. */
    public void durable(int partition, LogRecord record) {
        Replica replica = replicas.get(partition);
        Replica.Applied applied = replica.apply(record);
        each(check -> check.applied(applied));
        if (++records % RECORDS_PER_LOOK == 0) {
            look();
        }
    }

    /** Has every check inspect everything. */
    void look() {
        for (Replica replica : replicas) {
            each(check -> check.look(replica));
        }
    }

    public void streamOpened(WatchedStream stream) {
        each(check -> check.streamOpened(stream, replica(stream.invocationId())));
    }

    public void inputClosed(WatchedStream stream) {
        each(check -> check.inputClosed(stream, replica(stream.invocationId())));
    }

    public void streamCut(WatchedStream stream) {
        each(check -> check.streamCut(stream, replica(stream.invocationId())));
    }

    public void messagesToHandler(WatchedStream stream, List<RawMessage> messages) {
        each(check -> check.messagesToHandler(stream, replica(stream.invocationId()), messages));
    }

    public void messagesFromHandler(WatchedStream stream, List<RawMessage> messages) {
        each(check -> check.messagesFromHandler(stream, messages));
    }

    public void runExecuted(InvocationId id, String run, long knownLsn) {
        each(check -> check.runExecuted(id, run, knownLsn));
    }

    public void responded(InvocationId id, Response response) {
        each(check -> check.responded(replica(id), id, response));
    }

    public void refused(InvocationId id) {
        each(check -> check.refused(id));
    }

    public void polled(WatchedNode node, int partition, Standing standing) {
        each(check -> check.polled(node, replicas.get(partition), standing));
    }

    /** The invocations that have not completed. */
    public List<Invocation> unfinished() {
        List<Invocation> unfinished = new ArrayList<>();
        for (Replica replica : replicas) {
            replica.reads()
                    .forEachInvocation(invocation ->
                            invocation.status() instanceof InvocationStatus.Completed || unfinished.add(invocation));
        }
        return unfinished;
    }

    public void ended() {
        look();
        for (Replica replica : replicas) {
            each(check -> check.ended(replica));
        }
    }

    private void each(Consumer<Check> event) {
        checks.forEach(event);
    }
}
