package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's promise.
 *
 * @param result its outcome; null while it has none
 * @param waiting who waits for the outcome, in the order in which they asked
 */
public record Promise(@Nullable Result result, List<ResponseSink.Caller> waiting) {
    public static final Promise NEW = new Promise(null, List.of());
    private static final int FORMAT = 1;

    public Promise {
        waiting = List.copyOf(waiting);
    }

    public static Promise completed(Result result) {
        return new Promise(result, List.of());
    }

    public Promise withWaiting(ResponseSink.Caller caller) {
        List<ResponseSink.Caller> callers = new ArrayList<>(waiting);
        callers.add(caller);
        return new Promise(result, callers);
    }

    public Bytes encode() {
        return new BinaryWriter()
                .u8(FORMAT)
                .nullable(result, Encodings::result)
                .list(waiting, Encodings::caller)
                .toBytes();
    }

    public static Promise decode(Bytes bytes) {
        BinaryReader r = new BinaryReader(bytes).format(FORMAT, "promise");
        return new Promise(r.nullable(Encodings::result), r.list(Encodings::caller));
    }
}
