package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition knows of an invocation besides its journal.
 *
 * @param request what created it, without the argument and the headers, which are the journal's first entry; only
 *     {@linkplain TraceContext those of its trace} stay
 * @param status its status
 * @param waiting who gets the result, in the order in which they asked
 * @param deployment what it is bound to since its first attempt
 * @param version the protocol it is bound to since its first attempt
 * @param times when its status changed
 */
public record Invocation(
        InvocationRequest request,
        InvocationStatus status,
        List<ResponseSink> waiting,
        @Nullable DeploymentId deployment,
        @Nullable ProtocolVersion version,
        InvocationTimes times) {
    static final int FORMAT = 4;
    static final InvocationStatus.Kind[] STATUSES = InvocationStatus.Kind.values();

    public Invocation {
        waiting = List.copyOf(waiting);
    }

    /** A new invocation, which waits for its time until something else is set. */
    public static Invocation created(InvocationRequest request, long timeMillis) {
        ResponseSink sink = request.responseTo();
        TimerKey timer = new TimerKey(request.executionTimeMillis(), TimerKey.Kind.START, request.id(), 0);
        return new Invocation(
                withoutInput(request),
                new InvocationStatus.Scheduled(timer),
                sink == null ? List.of() : List.of(sink),
                null,
                null,
                InvocationTimes.created(timeMillis));
    }

    /** A new invocation with the target, deployment and version of one that is completed; nobody waits for it. */
    public static Invocation restarted(Invocation old, PartitionRecord.RestartRequested restart, long timeMillis) {
        InvocationRequest q = old.request();
        InvocationRequest request = new InvocationRequest(
                restart.newId(),
                q.target(),
                Bytes.EMPTY,
                q.headers(),
                null,
                q.scope(),
                q.limitKey(),
                0,
                q.completionRetentionMillis(),
                q.journalRetentionMillis(),
                restart.upToEntryInclusive() == 0 ? restart.randomSeed() : q.randomSeed(),
                new Origin.Restart(old.id()),
                null,
                null);
        Invocation created = created(request, timeMillis);
        DeploymentChoice chosen = restart.deployment();
        if (old.deployment() == null) {
            return created;
        }
        return created.withDeployment(chosen == null ? old.deployment() : chosen.id(), old.version());
    }

    /**
     * Whether the protocol allows running it again from behind this entry of its journal: not a workflow's run, and not
     * behind more than the input before version 6, where a handler's random numbers did not depend on the seed alone.
     */
    public boolean mayBeRestartedFrom(int entry) {
        boolean isNewEnough = version != null && version.compareTo(ProtocolVersion.V6) >= 0;
        return !target().kind().isOfWorkflow() && (entry == 0 || isNewEnough);
    }

    private static InvocationRequest withoutInput(InvocationRequest q) {
        return new InvocationRequest(
                q.id(),
                q.target(),
                Bytes.EMPTY,
                TraceContext.of(q.headers()),
                q.idempotencyKey(),
                q.scope(),
                q.limitKey(),
                q.executionTimeMillis(),
                q.completionRetentionMillis(),
                q.journalRetentionMillis(),
                q.randomSeed(),
                q.origin(),
                null,
                null);
    }

    public InvocationId id() {
        return request.id();
    }

    public InvocationTarget target() {
        return request.target();
    }

    /** The virtual object or workflow that it belongs to. */
    public ObjectId object() {
        return new ObjectId(target().service(), target().keyOrThrow(), request.scope());
    }

    /** When the result of a completed invocation will be forgotten, in milliseconds since the epoch. */
    public long keptUntilMillis() {
        long end = times.completedMillis();
        long kept = Retention.of(request).invocationMillis();
        return kept > Long.MAX_VALUE - end ? Long.MAX_VALUE : end + kept;
    }

    public Invocation with(InvocationStatus next, long timeMillis) {
        return new Invocation(request, next, waiting, deployment, version, times.after(next, timeMillis));
    }

    /** The invocation with the right to run, with or without a requested pause. Its times stay as they were. */
    public Invocation withPauseRequested(long startLsn, boolean requested) {
        InvocationStatus invoked = new InvocationStatus.Invoked(startLsn, requested);
        return new Invocation(request, invoked, waiting, deployment, version, times);
    }

    /** The completed invocation with its result kept in another way. */
    public Invocation withKept(KeptResult result) {
        return new Invocation(request, new InvocationStatus.Completed(result), waiting, deployment, version, times);
    }

    public Invocation withWaiting(ResponseSink sink) {
        List<ResponseSink> sinks = new ArrayList<>(waiting);
        sinks.add(sink);
        return new Invocation(request, status, sinks, deployment, version, times);
    }

    public Invocation withoutWaiting(ResponseSink sink) {
        List<ResponseSink> sinks = new ArrayList<>(waiting);
        sinks.remove(sink);
        return new Invocation(request, status, sinks, deployment, version, times);
    }

    public Invocation withoutWaiting() {
        return new Invocation(request, status, List.of(), deployment, version, times);
    }

    public Invocation withDeployment(DeploymentId pinned, @Nullable ProtocolVersion pinnedVersion) {
        return new Invocation(request, status, waiting, pinned, pinnedVersion, times);
    }

    /** What {@link StoredInvocation} reads comes first. */
    public Bytes encode() {
        BinaryWriter w = new BinaryWriter(256).u8(FORMAT).u8(status.kind().ordinal());
        Encodings.invocation(w, request);
        writeStatus(w);
        w.list(waiting, Encodings::sink)
                .nullable(deployment, Encodings::deployment)
                .u8(version == null ? 0 : version.number());
        times.write(w);
        return w.toBytes();
    }

    private void writeStatus(BinaryWriter w) {
        switch (status) {
            case InvocationStatus.Scheduled(TimerKey timer) -> Encodings.timer(w, timer);
            case InvocationStatus.Inboxed(long sequence) -> w.i64(sequence);
            case InvocationStatus.Invoked(long startLsn, boolean pauseRequested) ->
                w.i64(startLsn).bool(pauseRequested);
            case InvocationStatus.Suspended(FutureTree awaitingOn, int knownEntries) ->
                Encodings.tree(w.i32(knownEntries), awaitingOn);
            case InvocationStatus.Paused s -> w.nullable(s.lastFailure(), Encodings::failure);
            case InvocationStatus.Completed c -> c.result().write(w);
        }
    }

    public static Invocation decode(Bytes bytes) {
        BinaryReader r = new BinaryReader(bytes).format(FORMAT, "invocation");
        InvocationStatus.Kind kind = r.oneOf(STATUSES);
        InvocationRequest request = Encodings.invocation(r);
        InvocationStatus status = readStatus(kind, r);
        List<ResponseSink> waiting = r.list(Encodings::sink);
        DeploymentId deployment = r.nullable(Encodings::deployment);
        int version = r.u8();
        return new Invocation(
                request,
                status,
                waiting,
                deployment,
                version == 0 ? null : Encodings.version(version),
                InvocationTimes.read(r));
    }

    private static InvocationStatus readStatus(InvocationStatus.Kind kind, BinaryReader r) {
        return switch (kind) {
            case SCHEDULED -> new InvocationStatus.Scheduled(Encodings.timer(r));
            case INBOXED -> new InvocationStatus.Inboxed(r.i64());
            case INVOKED -> new InvocationStatus.Invoked(r.i64(), r.bool());
            case SUSPENDED -> {
                int knownEntries = r.i32();
                yield new InvocationStatus.Suspended(Encodings.tree(r), knownEntries);
            }
            case PAUSED -> new InvocationStatus.Paused(r.nullable(Encodings::failure));
            case COMPLETED -> new InvocationStatus.Completed(KeptResult.decode(r));
        };
    }
}
