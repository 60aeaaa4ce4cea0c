package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AnnounceLeader;
import dev.reprise.engine.partition.PartitionRecord.AttachRequested;
import dev.reprise.engine.partition.PartitionRecord.AttachWithdrawn;
import dev.reprise.engine.partition.PartitionRecord.AttemptFailed;
import dev.reprise.engine.partition.PartitionRecord.AttemptHalted;
import dev.reprise.engine.partition.PartitionRecord.AttemptsExhausted;
import dev.reprise.engine.partition.PartitionRecord.CancelRequested;
import dev.reprise.engine.partition.PartitionRecord.CompletionArrived;
import dev.reprise.engine.partition.PartitionRecord.DeploymentPinned;
import dev.reprise.engine.partition.PartitionRecord.Ended;
import dev.reprise.engine.partition.PartitionRecord.EntryAppended;
import dev.reprise.engine.partition.PartitionRecord.FromAttempt;
import dev.reprise.engine.partition.PartitionRecord.FromPartition;
import dev.reprise.engine.partition.PartitionRecord.Invoke;
import dev.reprise.engine.partition.PartitionRecord.KillRequested;
import dev.reprise.engine.partition.PartitionRecord.ModifyStateRequested;
import dev.reprise.engine.partition.PartitionRecord.OutboxDelivered;
import dev.reprise.engine.partition.PartitionRecord.PauseRequested;
import dev.reprise.engine.partition.PartitionRecord.PurgeRequested;
import dev.reprise.engine.partition.PartitionRecord.RestartRequested;
import dev.reprise.engine.partition.PartitionRecord.ResumeRequested;
import dev.reprise.engine.partition.PartitionRecord.RunProposed;
import dev.reprise.engine.partition.PartitionRecord.SaidAfterWaiting;
import dev.reprise.engine.partition.PartitionRecord.SignalSent;
import dev.reprise.engine.partition.PartitionRecord.Suspended;
import dev.reprise.engine.partition.PartitionRecord.TimerFired;
import dev.reprise.engine.partition.PartitionRecord.Wait;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The stored form of records in the log: a format version, a tag, and the fields in order. */
public final class PartitionRecordCodec {
    private static final int FROM_PARTITION = 19;
    private static final int SAID_AFTER_WAITING = 25;

    private PartitionRecordCodec() {}

    public static Bytes encode(PartitionRecord record) {
        BinaryWriter w = new BinaryWriter().u8(StoredFormat.VERSION);
        write(w, record);
        return w.toBytes();
    }

    /**
     * Reads a record.
     *
     * @throws StoredFormatException when the bytes are not a record of a known format
     */
    public static PartitionRecord decode(Bytes bytes) {
        try {
            BinaryReader r = new BinaryReader(bytes).format(StoredFormat.VERSION, "log record");
            PartitionRecord record = read(r);
            r.end();
            return record;
        } catch (ProtocolException | IllegalArgumentException e) {
            throw new StoredFormatException("a log record holds what is not allowed: " + e.getMessage(), e);
        }
    }

    private static void write(BinaryWriter w, PartitionRecord record) {
        switch (record) {
            case FromAttempt c -> writeFromAttempt(w, c);
            case AnnounceLeader c -> w.u8(7).i64(c.run()).i64(c.follows());
            case Invoke c -> Encodings.invocation(w.u8(8), c.request());
            case TimerFired c -> Encodings.timer(w.u8(9), c.timer());
            case SignalSent c -> {
                Encodings.notificationId(w.u8(10).id(c.target()), c.signal());
                Encodings.result(w, c.result());
                w.nullable(c.requestId(), Encodings::request);
            }
            case CompletionArrived c ->
                Encodings.result(
                        w.u8(11)
                                .id(c.target())
                                .i32(c.completionId())
                                .u16(c.type().code()),
                        c.result());
            case AttachRequested c -> {
                Encodings.sink(w.u8(12).id(c.target()), c.responseTo());
                w.bool(c.untilCompleted());
            }
            case AttachWithdrawn c -> Encodings.request(w.u8(24).id(c.target()), c.requestId());
            case CancelRequested c -> w.u8(13).id(c.target()).nullable(c.requestId(), Encodings::request);
            case KillRequested c -> w.u8(14).id(c.target()).nullable(c.requestId(), Encodings::request);
            case PurgeRequested c ->
                w.u8(15).id(c.target()).bool(c.journalOnly()).nullable(c.requestId(), Encodings::request);
            case PauseRequested c -> w.u8(16).id(c.target()).nullable(c.requestId(), Encodings::request);
            case ResumeRequested c ->
                w.u8(17)
                        .id(c.target())
                        .nullable(c.deployment(), Encodings::choice)
                        .nullable(c.requestId(), Encodings::request);
            case ModifyStateRequested c -> writeModifyState(w, c);
            case FromPartition c ->
                write(w.u8(FROM_PARTITION).i32(c.sourcePartition()).i64(c.sequence()), c.record());
            case RestartRequested c -> writeRestart(w, c);
            case OutboxDelivered c -> w.u8(20).i64(c.upToSequenceInclusive());
        }
    }

    private static void writeFromAttempt(BinaryWriter w, FromAttempt record) {
        switch (record) {
            case EntryAppended c -> {
                Encodings.attempt(w.u8(1), c.attempt());
                Encodings.message(w, c.entry());
                w.nullable(c.call(), Encodings::invocation);
            }
            case RunProposed c -> {
                Encodings.attempt(w.u8(2), c.attempt());
                Encodings.result(w.i32(c.completionId()), c.result());
            }
            case DeploymentPinned c -> {
                Encodings.attempt(w.u8(3), c.attempt());
                Encodings.deployment(w, c.deployment());
                w.u8(c.version().number());
            }
            case Suspended c -> {
                Encodings.attempt(w.u8(4), c.attempt());
                Encodings.tree(w, c.awaitingOn());
                w.i32(c.knownEntries());
            }
            case Ended c -> Encodings.attempt(w.u8(5), c.attempt());
            case AttemptsExhausted c -> {
                Encodings.attempt(w.u8(6), c.attempt());
                Encodings.error(w, c.error());
                w.bool(c.pause());
            }
            case AttemptFailed c -> {
                Encodings.attempt(w.u8(22), c.attempt());
                Encodings.error(w, c.error());
            }
            case AttemptHalted c -> {
                Encodings.attempt(w.u8(23), c.attempt());
                w.nullable(c.lastFailure(), Encodings::error);
            }
            case SaidAfterWaiting c -> {
                w.u8(SAID_AFTER_WAITING).u8(c.waits().size());
                for (Wait wait : c.waits()) {
                    w.bytes(wait.awaited()).i64(wait.sinceMillis());
                }
                writeFromAttempt(w, c.said());
            }
        }
    }

    private static void writeRestart(BinaryWriter w, RestartRequested c) {
        w.u8(21)
                .id(c.target())
                .id(c.newId())
                .i32(c.upToEntryInclusive())
                .nullable(c.deployment(), Encodings::choice)
                .i64(c.randomSeed())
                .nullable(c.requestId(), Encodings::request);
    }

    private static void writeModifyState(BinaryWriter w, ModifyStateRequested c) {
        Encodings.object(w.u8(18), c.object());
        w.i32(c.state().size());
        new TreeMap<>(c.state()).forEach((key, value) -> w.bytes(key).bytes(value));
        w.nullable(c.expectedVersion(), BinaryWriter::text).nullable(c.requestId(), Encodings::request);
    }

    private static PartitionRecord read(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case FROM_PARTITION -> readFromPartition(r);
            case SAID_AFTER_WAITING -> readSaidAfterWaiting(r);
            default -> read(r, tag);
        };
    }

    private static PartitionRecord read(BinaryReader r, int tag) {
        return switch (tag) {
            case 1 -> new EntryAppended(Encodings.attempt(r), Encodings.message(r), r.nullable(Encodings::invocation));
            case 2 -> new RunProposed(Encodings.attempt(r), r.i32(), Encodings.result(r));
            case 3 -> new DeploymentPinned(Encodings.attempt(r), Encodings.deployment(r), Encodings.version(r.u8()));
            case 4 -> new Suspended(Encodings.attempt(r), Encodings.tree(r), r.i32());
            case 5 -> new Ended(Encodings.attempt(r));
            case 6 -> new AttemptsExhausted(Encodings.attempt(r), Encodings.error(r), r.bool());
            case 7 -> new AnnounceLeader(r.i64(), r.i64());
            case 8 -> new Invoke(Encodings.invocation(r));
            case 9 -> new TimerFired(Encodings.timer(r));
            case 10 ->
                new SignalSent(
                        r.id(), Encodings.notificationId(r), Encodings.result(r), r.nullable(Encodings::request));
            case 11 -> new CompletionArrived(r.id(), r.i32(), Encodings.type(r), Encodings.result(r));
            case 12 -> new AttachRequested(r.id(), Encodings.sink(r), r.bool());
            case 13 -> new CancelRequested(r.id(), r.nullable(Encodings::request));
            case 14 -> new KillRequested(r.id(), r.nullable(Encodings::request));
            case 15 -> new PurgeRequested(r.id(), r.bool(), r.nullable(Encodings::request));
            case 16 -> new PauseRequested(r.id(), r.nullable(Encodings::request));
            case 17 -> new ResumeRequested(r.id(), r.nullable(Encodings::choice), r.nullable(Encodings::request));
            case 18 -> readModifyState(r);
            case 20 -> new OutboxDelivered(r.i64());
            case 21 ->
                new RestartRequested(
                        r.id(),
                        r.id(),
                        r.i32(),
                        r.nullable(Encodings::choice),
                        r.i64(),
                        r.nullable(Encodings::request));
            case 22 -> new AttemptFailed(Encodings.attempt(r), Encodings.error(r));
            case 23 -> new AttemptHalted(Encodings.attempt(r), r.nullable(Encodings::error));
            case 24 -> new AttachWithdrawn(r.id(), Encodings.request(r));
            default -> throw Encodings.unknown("record", tag);
        };
    }

    private static PartitionRecord readFromPartition(BinaryReader r) {
        int source = r.i32();
        long sequence = r.i64();
        int tag = r.u8();
        PartitionRecord record = tag == SAID_AFTER_WAITING ? readSaidAfterWaiting(r) : read(r, tag);
        return new FromPartition(source, sequence, record);
    }

    private static PartitionRecord readSaidAfterWaiting(BinaryReader r) {
        List<Wait> waits = new ArrayList<>();
        for (int left = r.u8(); left > 0; left--) {
            waits.add(new Wait(r.bytes(), r.i64()));
        }
        if (read(r, r.u8()) instanceof FromAttempt said) {
            return new SaidAfterWaiting(waits, said);
        }
        throw new StoredFormatException("the stored record has waits of somebody who is no attempt");
    }

    private static PartitionRecord readModifyState(BinaryReader r) {
        ObjectId object = Encodings.object(r);
        TreeMap<Bytes, Bytes> state = new TreeMap<>();
        for (int left = r.size(); left > 0; left--) {
            state.put(r.bytes(), r.bytes());
        }
        return new ModifyStateRequested(object, state, r.nullable(BinaryReader::text), r.nullable(Encodings::request));
    }
}
