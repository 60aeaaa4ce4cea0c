package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.ProtocolVersion;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the handler was invoked with.
 *
 * @param id the invocation id's 24 bytes
 * @param debugId the invocation id's text form
 * @param key the object's or workflow's key; empty for a service
 * @param headers the headers it was called with
 * @param input the serialized argument
 * @param randomSeed the seed of the context's random source, the same in every attempt; on V5, which does not send one,
 *     derived from {@code id}
 * @param retryCountSinceLastStoredEntry attempts that failed since one stored a command, which
 *     itself may have failed
 * @param durationSinceLastStoredEntryMillis how long ago an attempt stored a command
 * @param scope the scope it was called in (since V7)
 * @param limitKey the limit key it was called with (since V7)
 * @param idempotencyKey the idempotency key it was called with (since V7)
 */
public record InvocationStart(
        Bytes id,
        String debugId,
        String key,
        List<Header> headers,
        Bytes input,
        long randomSeed,
        int retryCountSinceLastStoredEntry,
        long durationSinceLastStoredEntryMillis,
        @Nullable String scope,
        @Nullable String limitKey,
        @Nullable String idempotencyKey) {
    public InvocationStart {
        headers = List.copyOf(headers);
    }

    static InvocationStart of(Start start, Command.Input input, ProtocolVersion version) {
        boolean isV7 = version.compareTo(ProtocolVersion.V7) >= 0;
        return new InvocationStart(
                start.id(),
                start.debugId(),
                start.key(),
                input.headers(),
                input.value(),
                version == ProtocolVersion.V5 ? seedOf(start.id()) : start.randomSeed(),
                start.retryCountSinceLastStoredEntry(),
                start.durationSinceLastStoredEntryMillis(),
                isV7 ? start.scope() : null,
                isV7 ? start.limitKey() : null,
                isV7 ? start.idempotencyKey() : null);
    }

    private static long seedOf(Bytes id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.array());
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
