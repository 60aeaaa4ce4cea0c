package dev.reprise.protocol.id;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Identifies an invocation for ever. Its text form is {@code inv_1} and 33 digits in base 62, its byte form 24 bytes,
 * big-endian; both are Restate's.
 *
 * @param partitionKey picks the partition it lives in
 * @param uuidHigh the first half of the number that tells it from others of the same partition key
 * @param uuidLow the second half
 */
public record InvocationId(long partitionKey, long uuidHigh, long uuidLow) implements Comparable<InvocationId> {
    /** The size of the byte form. */
    public static final int BYTES = 24;

    private static final String PREFIX = "inv_1";
    private static final int LENGTH = PREFIX.length() + Base62.CHARS_OF_64_BITS + Base62.CHARS_OF_128_BITS;

    /**
     * Reads the text form.
     *
     * @throws ProtocolException when it is not one
     */
    public static InvocationId parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() != LENGTH) {
            throw new ProtocolException("expected an invocation id, '" + PREFIX + "' and " + (LENGTH - PREFIX.length())
                    + " characters, found '" + text + "'");
        }
        long[] uuid = Base62.read128(text, PREFIX.length() + Base62.CHARS_OF_64_BITS);
        return new InvocationId(Base62.read64(text, PREFIX.length()), uuid[0], uuid[1]);
    }

    /**
     * Reads the byte form.
     *
     * @throws ProtocolException when there are not 24 bytes
     */
    public static InvocationId fromBytes(Bytes bytes) {
        if (bytes.size() != BYTES) {
            throw new ProtocolException("an invocation id has " + BYTES + " bytes, found " + bytes.size());
        }
        return read(ByteBuffer.wrap(bytes.array()));
    }

    /**
     * Reads the byte form at a buffer's position.
     *
     * @throws ProtocolException when fewer than 24 bytes are left
     */
    public static InvocationId read(ByteBuffer buffer) {
        try {
            return new InvocationId(buffer.getLong(), buffer.getLong(), buffer.getLong());
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("the bytes end inside an invocation id");
        }
    }

    /**
     * The id of an invocation that nothing but chance names.
     *
     * @param partitionKey see {@link PartitionKey}
     * @param nowMillis milliseconds since the epoch, so that ids of one partition key sort by age
     * @param randomHigh 16 random bits; the others are not used
     * @param randomLow 64 random bits
     */
    public static InvocationId fresh(long partitionKey, long nowMillis, long randomHigh, long randomLow) {
        return new InvocationId(partitionKey, Ulid.high(nowMillis, randomHigh), randomLow);
    }

    /**
     * The id a reference stands for. The same reference names the same id for ever: a workflow's run by its key, a call
     * by its idempotency key.
     *
     * @throws ProtocolException when the reference is an id's text form and that is malformed
     */
    public static InvocationId of(InvocationReference reference) {
        return switch (reference) {
            case InvocationReference.ById(String text) -> parse(text);
            case InvocationReference.ByWorkflow(String name, String key, String scope) ->
                derived(PartitionKey.of(scope != null ? scope : key), Digest.of("wf", scope, name, key));
            case InvocationReference.ByIdempotencyKey r ->
                derived(
                        PartitionKey.ofIdempotencyKey(r.scope(), r.serviceName(), r.serviceKey(), r.idempotencyKey()),
                        Digest.of(
                                "ik", r.scope(), r.serviceName(), r.serviceKey(), r.handlerName(), r.idempotencyKey()));
        };
    }

    /**
     * As {@link #of}, outside any scope.
     *
     * @param key the object's or workflow's key; null for a plain service
     * @param idempotencyKey the caller's key; null for a workflow's run, which needs none
     */
    public static InvocationId deterministic(
            String service, @Nullable String key, String handler, @Nullable String idempotencyKey) {
        if (idempotencyKey != null) {
            return of(new InvocationReference.ByIdempotencyKey(service, key, handler, idempotencyKey, null));
        }
        if (key == null) {
            throw new IllegalArgumentException("an id can be derived only from a key or an idempotency key");
        }
        return of(new InvocationReference.ByWorkflow(service, key, null));
    }

    private static InvocationId derived(long partitionKey, Digest digest) {
        return new InvocationId(partitionKey, digest.high(), digest.low());
    }

    /** Writes the byte form at a buffer's position. */
    public void write(ByteBuffer buffer) {
        buffer.putLong(partitionKey).putLong(uuidHigh).putLong(uuidLow);
    }

    /** The byte form. */
    public Bytes toBytes() {
        byte[] bytes = new byte[BYTES];
        write(ByteBuffer.wrap(bytes));
        return Bytes.wrap(bytes);
    }

    /** Orders as the byte form does. */
    @Override
    public int compareTo(InvocationId other) {
        int byKey = Long.compareUnsigned(partitionKey, other.partitionKey);
        int byHigh = byKey != 0 ? byKey : Long.compareUnsigned(uuidHigh, other.uuidHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(uuidLow, other.uuidLow);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        Base62.append64(text, partitionKey);
        Base62.append128(text, uuidHigh, uuidLow);
        return text.toString();
    }
}
