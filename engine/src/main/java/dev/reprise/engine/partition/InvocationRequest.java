package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that creates an invocation. Ids, seeds and times were drawn before it was appended to the log.
 *
 * @param id the new invocation's id; derived from the idempotency key or the workflow's key where there is one, so that
 *     the same request meets the same id
 * @param argument the input, serialized
 * @param headers the input's headers
 * @param idempotencyKey the caller's key; null for none
 * @param executionTimeMillis when it may start, milliseconds since the epoch; 0 for at once
 * @param completionRetentionMillis how long its result is kept after the end; 0 for not at all
 * @param journalRetentionMillis how long its journal is kept after the end; 0 for not at all
 * @param randomSeed the seed of the handler's random source
 * @param origin what caused it
 * @param responseTo who gets its result; null for nobody
 * @param submitRequestId the client's request to be told that it was accepted; null for none
 */
public record InvocationRequest(
        InvocationId id,
        InvocationTarget target,
        Bytes argument,
        List<Header> headers,
        @Nullable String idempotencyKey,
        @Nullable String scope,
        @Nullable String limitKey,
        long executionTimeMillis,
        long completionRetentionMillis,
        long journalRetentionMillis,
        long randomSeed,
        Origin origin,
        @Nullable ResponseSink responseTo,
        @Nullable RequestId submitRequestId) {
    public InvocationRequest {
        headers = List.copyOf(headers);
    }
}
