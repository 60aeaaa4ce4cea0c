package dev.reprise.protocol.id;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The 64-bit number that picks the partition an invocation lives in: XXH3 of what keeps invocations together. A text is
 * hashed as its UTF-8 bytes and a byte {@code 0xFF}, a number as its eight bytes, lowest first; so they are Restate's.
 */
public final class PartitionKey {
    /** How many partition keys the invocations of one plain service spread over. */
    public static final int SERVICE_BUCKETS = 512;

    private static final String SERVICE_DOMAIN = "unscoped/service";

    private PartitionKey() {}

    /** The partition key of an object's or workflow's key, or of a scope: a scope keeps all in it together. */
    public static long of(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(bytes.length + 1);
        put(input, bytes);
        return Xxh3.hash(input.array());
    }

    /**
     * One of the partition keys of a plain service without a scope.
     *
     * @param bucket which one; for a call without an idempotency key a random number
     */
    public static long ofService(String service, long bucket) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        byte[] domain = SERVICE_DOMAIN.getBytes(StandardCharsets.UTF_8);
        ByteBuffer input = ByteBuffer.allocate(name.length + domain.length + 2 + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        put(input, name);
        put(input, domain);
        input.putLong(Long.remainderUnsigned(bucket, SERVICE_BUCKETS));
        return Xxh3.hash(input.array());
    }

    /** The partition key of a call with an idempotency key. */
    static long ofIdempotencyKey(@Nullable String scope, String service, @Nullable String key, String idempotencyKey) {
        if (scope != null) {
            return of(scope);
        }
        return key != null ? of(key) : ofService(service, of(idempotencyKey));
    }

    private static void put(ByteBuffer input, byte[] text) {
        input.put(text).put((byte) 0xFF);
    }
}
