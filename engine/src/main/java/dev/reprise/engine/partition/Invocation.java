package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition knows of an invocation besides its journal.
 *
 * @param request what created it; the argument and the headers are in the journal, once it started
 * @param status where it stands
 * @param waiting who gets the result, in the order they asked
 * @param deployment what it is bound to since its first attempt
 * @param version the protocol it is bound to since its first attempt
 */
public record Invocation(
        InvocationRequest request,
        InvocationStatus status,
        List<ResponseSink> waiting,
        @Nullable DeploymentId deployment,
        @Nullable ProtocolVersion version) {
    private static final int FORMAT = 1;

    public Invocation {
        waiting = List.copyOf(waiting);
    }

    public InvocationId id() {
        return request.id();
    }

    public InvocationTarget target() {
        return request.target();
    }

    Invocation with(InvocationStatus next) {
        return new Invocation(request, next, waiting, deployment, version);
    }

    Invocation withWaiting(ResponseSink sink) {
        List<ResponseSink> sinks = new ArrayList<>(waiting);
        sinks.add(sink);
        return new Invocation(request, status, sinks, deployment, version);
    }

    Invocation withDeployment(@Nullable DeploymentId pinned, @Nullable ProtocolVersion pinnedVersion) {
        return new Invocation(request, status, waiting, pinned, pinnedVersion);
    }

    /** Without what the journal now holds. */
    Invocation started() {
        InvocationRequest q = request;
        InvocationRequest light = new InvocationRequest(
                q.id(),
                q.target(),
                Bytes.EMPTY,
                List.of(),
                q.idempotencyKey(),
                q.scope(),
                q.limitKey(),
                0,
                q.completionRetentionMillis(),
                q.journalRetentionMillis(),
                q.randomSeed(),
                q.parent(),
                null,
                null);
        return new Invocation(light, status, waiting, deployment, version);
    }

    Bytes encode() {
        BinaryWriter w = new BinaryWriter().u8(FORMAT);
        Encodings.invocation(w, request);
        writeStatus(w);
        w.list(waiting, Encodings::sink)
                .nullable(deployment, Encodings::deployment)
                .u8(version == null ? 0 : version.number());
        return w.toBytes();
    }

    private void writeStatus(BinaryWriter w) {
        switch (status) {
            case InvocationStatus.Scheduled(TimerKey timer) -> Encodings.timer(w.u8(0), timer);
            case InvocationStatus.Inboxed(long sequence) -> w.u8(1).i64(sequence);
            case InvocationStatus.Invoked(long startLsn) -> w.u8(2).i64(startLsn);
            case InvocationStatus.Suspended s -> Encodings.tree(w.u8(3), s.awaitingOn());
            case InvocationStatus.Paused() -> w.u8(4);
            case InvocationStatus.Completed c -> Encodings.result(w.u8(5), c.result());
        }
    }

    static Invocation decode(Bytes bytes) {
        BinaryReader r = new BinaryReader(bytes);
        int format = r.u8();
        if (format != FORMAT) {
            throw new StoredFormatException("an invocation has format " + format + ", this version reads " + FORMAT);
        }
        InvocationRequest request = Encodings.invocation(r);
        InvocationStatus status = readStatus(r);
        List<ResponseSink> waiting = r.list(Encodings::sink);
        DeploymentId deployment = r.nullable(Encodings::deployment);
        int version = r.u8();
        return new Invocation(
                request, status, waiting, deployment, version == 0 ? null : PartitionRecordCodec.version(version));
    }

    private static InvocationStatus readStatus(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case 0 -> new InvocationStatus.Scheduled(Encodings.timer(r));
            case 1 -> new InvocationStatus.Inboxed(r.i64());
            case 2 -> new InvocationStatus.Invoked(r.i64());
            case 3 -> new InvocationStatus.Suspended(Encodings.tree(r));
            case 4 -> new InvocationStatus.Paused();
            case 5 -> new InvocationStatus.Completed(Encodings.result(r));
            default -> throw Encodings.unknown("invocation status", tag);
        };
    }
}
