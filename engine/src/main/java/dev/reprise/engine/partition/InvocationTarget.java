package dev.reprise.engine.partition;

import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.discovery.HandlerKind;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation invokes.
 *
 * @param service the service's name
 * @param key the object's or workflow's key; null for a plain service
 * @param handler the handler's name
 * @param kind how the handler runs
 */
public record InvocationTarget(String service, @Nullable String key, String handler, HandlerKind kind) {
    /** The key of an object or a workflow, which always have one. */
    String keyOrThrow() {
        if (key == null) {
            throw new Invariants.InvariantViolation(kind + " without a key: " + this);
        }
        return key;
    }

    /** {@code service/handler} or {@code service/key/handler}, for people. */
    @Override
    public String toString() {
        return key == null ? service + "/" + handler : service + "/" + key + "/" + handler;
    }
}
