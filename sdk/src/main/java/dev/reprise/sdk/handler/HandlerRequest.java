package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.Request;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.vm.Invocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the handler was invoked with, from the engine's first messages. Of headers with one name the last counts. */
record HandlerRequest(Invocation invocation, Target target, Map<String, String> attemptHeaders) implements Request {
    @Override
    public String invocationId() {
        return invocation.debugId();
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        invocation.headers().forEach(header -> headers.put(header.key(), header.value()));
        return Collections.unmodifiableMap(headers);
    }

    @Override
    public Bytes body() {
        return invocation.input();
    }

    @Override
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(invocation.idempotencyKey());
    }

    @Override
    public Optional<String> scope() {
        return Optional.ofNullable(invocation.scope());
    }

    @Override
    public Optional<String> limitKey() {
        return Optional.ofNullable(invocation.limitKey());
    }
}
