package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.Request;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.vm.InvocationStart;
import java.util.Map;
import java.util.Optional;

/** What the handler was invoked with, from the engine's first messages. */
record HandlerRequest(InvocationStart invocation, Target target, Map<String, String> attemptHeaders)
        implements Request {
    HandlerRequest {
        attemptHeaders = HeaderMap.of(attemptHeaders);
    }

    @Override
    public String invocationId() {
        return invocation.debugId();
    }

    @Override
    public Map<String, String> headers() {
        return HeaderMap.of(invocation.headers());
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
