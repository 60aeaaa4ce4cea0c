package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's promise.
 *
 * @param result its outcome; null while it has none
 * @param waiting who waits for the outcome, in the order they asked
 */
record Promise(@Nullable Result result, List<ResponseSink.Caller> waiting) {
    static final Promise NEW = new Promise(null, List.of());

    Promise {
        waiting = List.copyOf(waiting);
    }

    Bytes encode() {
        return new BinaryWriter()
                .nullable(result, Encodings::result)
                .list(
                        waiting,
                        (w, caller) -> w.id(caller.invocationId())
                                .i32(caller.completionId())
                                .u16(caller.type().code()))
                .toBytes();
    }

    static Promise decode(Bytes bytes) {
        BinaryReader r = new BinaryReader(bytes);
        return new Promise(
                r.nullable(Encodings::result),
                r.list(in -> new ResponseSink.Caller(in.id(), in.i32(), Encodings.type(in))));
    }
}
