package dev.reprise.sdk;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to call a handler. Immutable.
 *
 * <pre>{@code
 * CallOptions.idempotencyKey(order.id()).withHeader("tenant", tenant)
 * }</pre>
 *
 * @param headers the headers the handler sees, in the order given
 * @param idempotencyKey calls of the same handler with the same key run once and get the same result; not empty if
 *     present
 * @param scope the scope to run in; not empty if present; needs an engine that speaks protocol version 7
 * @param limitKey what a limit of concurrent invocations counts by; not empty if present; needs a scope, and an engine
 *     that speaks protocol version 7
 * @param name the name of the call in the journal; empty for none
 */
public record CallOptions(
        List<Header> headers,
        @Nullable String idempotencyKey,
        @Nullable String scope,
        @Nullable String limitKey,
        String name) {

    /** No headers, no idempotency key, no scope, no limit key, no name. */
    public static final CallOptions NONE = new CallOptions(List.of(), null, null, null, "");

    public CallOptions {
        headers = List.copyOf(headers);
        requireText("idempotency key", idempotencyKey);
        requireText("scope", scope);
        requireText("limit key", limitKey);
        WellFormed.require("name of a call", name);
        headers.forEach(header -> {
            WellFormed.require("name of a header", header.key());
            WellFormed.require("value of header " + header.key(), header.value());
        });
    }

    /**
     * Calls of the same handler with the same key run once and get the same result.
     *
     * @param idempotencyKey not empty
     */
    public static CallOptions idempotencyKey(String idempotencyKey) {
        return NONE.withIdempotencyKey(idempotencyKey);
    }

    /** One header that the handler sees. */
    public static CallOptions header(String key, String value) {
        return NONE.withHeader(key, value);
    }

    /** These options with one header more. */
    public CallOptions withHeader(String key, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(
                Objects.requireNonNull(key, "the name of a header"),
                Objects.requireNonNull(value, () -> "the value of header " + key)));
        return new CallOptions(more, idempotencyKey, scope, limitKey, name);
    }

    /**
     * These options with an idempotency key.
     *
     * @param newIdempotencyKey not empty
     */
    public CallOptions withIdempotencyKey(String newIdempotencyKey) {
        return new CallOptions(headers, newIdempotencyKey, scope, limitKey, name);
    }

    /**
     * These options with a scope.
     *
     * @param newScope not empty
     */
    public CallOptions withScope(String newScope) {
        return new CallOptions(headers, idempotencyKey, newScope, limitKey, name);
    }

    /**
     * These options with a limit key. Without a scope the engine refuses it.
     *
     * @param newLimitKey not empty
     */
    public CallOptions withLimitKey(String newLimitKey) {
        return new CallOptions(headers, idempotencyKey, scope, newLimitKey, name);
    }

    /** These options with a name for the journal. */
    public CallOptions withName(String newName) {
        return new CallOptions(headers, idempotencyKey, scope, limitKey, newName);
    }

    private static void requireText(String what, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected the " + what + " to have at least one character, found \"\". Leave it out to have none.");
        }
        if (value != null) {
            WellFormed.require(what, value);
        }
    }
}
