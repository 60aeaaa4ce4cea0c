package dev.reprise.engine.call;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call as its caller makes it. {@code near} is a partition key to stay close to; null to draw one. */
public record Call(
        String service,
        @Nullable String key,
        String handler,
        Bytes argument,
        List<Header> headers,
        @Nullable String idempotencyKey,
        @Nullable String scope,
        @Nullable String limitKey,
        long executionTimeMillis,
        @Nullable Long near) {
    public Call {
        headers = List.copyOf(headers);
    }
}
