package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * An invocation as it is read from its row: what most filters need at once, and the rest, such as its result, on
 * demand. One thread.
 */
public final class StoredInvocation {
    private final Bytes row;
    private final InvocationStatus.Kind status;
    private final InvocationId id;
    private final InvocationTarget target;
    private @Nullable Invocation whole;

    public StoredInvocation(Bytes row) {
        BinaryReader r = new BinaryReader(row).format(Invocation.FORMAT, "invocation");
        this.row = row;
        this.status = r.oneOf(Invocation.STATUSES);
        this.id = r.id();
        this.target = Encodings.target(r);
    }

    public InvocationStatus.Kind status() {
        return status;
    }

    public InvocationId id() {
        return id;
    }

    public InvocationTarget target() {
        return target;
    }

    public Invocation whole() {
        if (whole == null) {
            whole = Invocation.decode(row);
        }
        return whole;
    }
}
