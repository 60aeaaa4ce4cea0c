package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handler to call, and its argument.
 *
 * @param service the service's name
 * @param handler the handler's name
 * @param key the object's or workflow's key; empty for a service
 * @param parameter the serialized argument
 * @param headers the headers to call it with
 * @param idempotencyKey not empty if present
 * @param scope not empty if present; needs V7
 * @param limitKey not empty if present; needs V7
 * @param name the journal entry's name; empty for none
 */
public record CallRequest(
        String service,
        String handler,
        String key,
        Bytes parameter,
        List<Header> headers,
        @Nullable String idempotencyKey,
        @Nullable String scope,
        @Nullable String limitKey,
        String name) {
    public CallRequest {
        headers = List.copyOf(headers);
        requireNotEmpty(idempotencyKey, "idempotency key");
        requireNotEmpty(scope, "scope");
        requireNotEmpty(limitKey, "limit key");
    }

    private static void requireNotEmpty(@Nullable String value, String what) {
        if (value != null && value.isEmpty()) {
            throw new IllegalArgumentException("a call's " + what + " must not be empty; leave it out instead");
        }
    }

    /** A call without headers, idempotency key, scope, limit key and name. */
    public static CallRequest of(String service, String handler, String key, Bytes parameter) {
        return new CallRequest(service, handler, key, parameter, List.of(), null, null, null, "");
    }
}
