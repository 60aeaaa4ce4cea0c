package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;

/** The stored forms of the values that records and rows share. */
public final class Encodings {
    private static final ProtocolVersion[] VERSIONS = ProtocolVersion.values();
    private static final HandlerKind[] TARGET_KINDS = HandlerKind.values();
    private static final TimerKey.Kind[] TIMER_KINDS = TimerKey.Kind.values();

    private Encodings() {}

    static void attempt(BinaryWriter w, AttemptId attempt) {
        w.id(attempt.invocationId()).i64(attempt.epoch()).i64(attempt.startLsn());
    }

    static AttemptId attempt(BinaryReader r) {
        return new AttemptId(r.id(), r.i64(), r.i64());
    }

    static void message(BinaryWriter w, RawMessage message) {
        w.u16(message.type()).bytes(message.body());
    }

    static RawMessage message(BinaryReader r) {
        return new RawMessage(r.u16(), r.bytes());
    }

    static MessageType type(BinaryReader r) {
        int code = r.u16();
        return MessageType.ofCode(code).orElseThrow(() -> unknown("message type", code));
    }

    static void request(BinaryWriter w, RequestId request) {
        w.i64(request.run()).i64(request.sequence());
    }

    static RequestId request(BinaryReader r) {
        return new RequestId(r.i64(), r.i64());
    }

    static void header(BinaryWriter w, Header header) {
        w.text(header.key()).text(header.value());
    }

    static Header header(BinaryReader r) {
        return new Header(r.text(), r.text());
    }

    static void deployment(BinaryWriter w, DeploymentId id) {
        w.i64(id.high()).i64(id.low());
    }

    static DeploymentId deployment(BinaryReader r) {
        return new DeploymentId(r.i64(), r.i64());
    }

    public static void timer(BinaryWriter w, TimerKey timer) {
        w.i64(timer.wakeUpMillis())
                .u8(timer.kind().ordinal())
                .id(timer.invocationId())
                .i32(timer.completionId());
    }

    public static TimerKey timer(BinaryReader r) {
        return new TimerKey(r.i64(), r.oneOf(TIMER_KINDS), r.id(), r.i32());
    }

    static void sink(BinaryWriter w, ResponseSink sink) {
        switch (sink) {
            case ResponseSink.Client(RequestId id) -> request(w.u8(0), id);
            case ResponseSink.Caller c -> caller(w.u8(1), c);
        }
    }

    static ResponseSink sink(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case 0 -> new ResponseSink.Client(request(r));
            case 1 -> caller(r);
            default -> throw unknown("response sink", tag);
        };
    }

    static void caller(BinaryWriter w, ResponseSink.Caller c) {
        w.id(c.invocationId()).i32(c.completionId()).u16(c.type().code());
    }

    static ResponseSink.Caller caller(BinaryReader r) {
        return new ResponseSink.Caller(r.id(), r.i32(), type(r));
    }

    public static void object(BinaryWriter w, ObjectId object) {
        w.text(object.service()).text(object.key()).nullable(object.scope(), BinaryWriter::text);
    }

    public static ObjectId object(BinaryReader r) {
        return new ObjectId(r.text(), r.text(), r.nullable(BinaryReader::text));
    }

    static void target(BinaryWriter w, InvocationTarget target) {
        w.text(target.service())
                .nullable(target.key(), BinaryWriter::text)
                .text(target.handler())
                .u8(target.kind().ordinal());
    }

    static InvocationTarget target(BinaryReader r) {
        return new InvocationTarget(r.text(), r.nullable(BinaryReader::text), r.text(), r.oneOf(TARGET_KINDS));
    }

    static void invocation(BinaryWriter w, InvocationRequest q) {
        target(w.id(q.id()), q.target());
        w.bytes(q.argument())
                .list(q.headers(), Encodings::header)
                .nullable(q.idempotencyKey(), BinaryWriter::text)
                .nullable(q.scope(), BinaryWriter::text)
                .nullable(q.limitKey(), BinaryWriter::text)
                .i64(q.executionTimeMillis())
                .i64(q.completionRetentionMillis())
                .i64(q.journalRetentionMillis())
                .i64(q.randomSeed());
        origin(w, q.origin());
        w.nullable(q.responseTo(), Encodings::sink).nullable(q.submitRequestId(), Encodings::request);
    }

    static InvocationRequest invocation(BinaryReader r) {
        return new InvocationRequest(
                r.id(),
                target(r),
                r.bytes(),
                r.list(Encodings::header),
                r.nullable(BinaryReader::text),
                r.nullable(BinaryReader::text),
                r.nullable(BinaryReader::text),
                r.i64(),
                r.i64(),
                r.i64(),
                r.i64(),
                origin(r),
                r.nullable(Encodings::sink),
                r.nullable(Encodings::request));
    }

    private static void origin(BinaryWriter w, Origin origin) {
        switch (origin) {
            case Origin.Client _ -> w.u8(0);
            case Origin.Caller(InvocationId id, InvocationTarget target) ->
                target(w.u8(1).id(id), target);
            case Origin.Restart(InvocationId of) -> w.u8(2).id(of);
        }
    }

    private static Origin origin(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case 0 -> Origin.Client.INSTANCE;
            case 1 -> new Origin.Caller(r.id(), target(r));
            case 2 -> new Origin.Restart(r.id());
            default -> throw unknown("origin", tag);
        };
    }

    static void event(BinaryWriter w, JournalEvent event) {
        switch (event) {
            case JournalEvent.TransientError e -> error(w.u8(0), e);
            case JournalEvent.Paused p -> w.u8(1).nullable(p.lastFailure(), Encodings::error);
            case JournalEvent.Suspended(FutureTree awaitingOn) -> tree(w.u8(2), awaitingOn);
            case JournalEvent.Waiting(Bytes awaited) -> w.u8(3).bytes(awaited);
        }
    }

    static JournalEvent event(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case 0 -> error(r);
            case 1 -> new JournalEvent.Paused(r.nullable(Encodings::error));
            case 2 -> new JournalEvent.Suspended(tree(r));
            case 3 -> new JournalEvent.Waiting(r.bytes());
            default -> throw unknown("journal event", tag);
        };
    }

    static void error(BinaryWriter w, JournalEvent.TransientError e) {
        w.i32(e.code())
                .text(e.message())
                .text(e.stacktrace())
                .nullable(e.relatedCommandIndex(), BinaryWriter::i32)
                .nullable(e.relatedCommandName(), BinaryWriter::text)
                .nullable(e.relatedCommandType(), (out, type) -> out.u16(type.code()))
                .nullable(e.errorCode(), BinaryWriter::text);
    }

    static JournalEvent.TransientError error(BinaryReader r) {
        return new JournalEvent.TransientError(
                r.i32(),
                r.text(),
                r.text(),
                r.nullable(BinaryReader::i32),
                r.nullable(BinaryReader::text),
                r.nullable(Encodings::type),
                r.nullable(BinaryReader::text));
    }

    static void choice(BinaryWriter w, DeploymentChoice choice) {
        deployment(w, choice.id());
        w.u8(choice.oldest().number()).u8(choice.newest().number());
    }

    static DeploymentChoice choice(BinaryReader r) {
        return new DeploymentChoice(deployment(r), version(r.u8()), version(r.u8()));
    }

    static void failure(BinaryWriter w, Failure failure) {
        w.i32(failure.code())
                .text(failure.message())
                .list(failure.metadata(), (out, pair) -> out.text(pair.key()).text(pair.value()));
    }

    static Failure failure(BinaryReader r) {
        return new Failure(r.i32(), r.text(), r.list(in -> new Failure.Metadata(in.text(), in.text())));
    }

    static void result(BinaryWriter w, Result result) {
        switch (result) {
            case Result.Empty() -> w.u8(0);
            case Result.Value(Bytes content) -> w.u8(1).bytes(content);
            case Result.Failed(Failure failure) -> failure(w.u8(2), failure);
            case Result.InvocationIdValue(String id) -> w.u8(3).text(id);
            case Result.StateKeys keys -> w.u8(4).list(keys.keys(), BinaryWriter::bytes);
        }
    }

    static Result result(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case 0 -> Result.Empty.INSTANCE;
            case 1 -> new Result.Value(r.bytes());
            case 2 -> new Result.Failed(failure(r));
            case 3 -> new Result.InvocationIdValue(r.text());
            case 4 -> new Result.StateKeys(r.list(BinaryReader::bytes));
            default -> throw unknown("result", tag);
        };
    }

    public static void notificationId(BinaryWriter w, NotificationId id) {
        switch (id) {
            case NotificationId.CompletionId(int number) -> w.u8(0).i32(number);
            case NotificationId.SignalIndex(int index) -> w.u8(1).i32(index);
            case NotificationId.SignalName(String name) -> w.u8(2).text(name);
        }
    }

    public static NotificationId notificationId(BinaryReader r) {
        int tag = r.u8();
        return switch (tag) {
            case 0 -> new NotificationId.CompletionId(r.i32());
            case 1 -> new NotificationId.SignalIndex(r.i32());
            case 2 -> new NotificationId.SignalName(r.text());
            default -> throw unknown("notification id", tag);
        };
    }

    static ProtocolVersion version(int number) {
        for (ProtocolVersion version : VERSIONS) {
            if (version.number() == number) {
                return version;
            }
        }
        throw unknown("protocol version", number);
    }

    static void tree(BinaryWriter w, FutureTree tree) {
        w.bytes(MessageCodec.encode(new ControlMessage.Suspension(tree)).body());
    }

    static FutureTree tree(BinaryReader r) {
        RawMessage raw = new RawMessage(MessageType.SUSPENSION.code(), r.bytes());
        return ((ControlMessage.Suspension) MessageCodec.decode(raw)).awaitingOn();
    }

    public static StoredFormatException unknown(String what, int tag) {
        return new StoredFormatException("the stored " + what + " has the unknown tag " + tag
                + ". It was written by a newer version or is damaged.");
    }
}
