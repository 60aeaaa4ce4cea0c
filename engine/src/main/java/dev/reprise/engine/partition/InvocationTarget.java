package dev.reprise.engine.partition;

import dev.reprise.protocol.Invariants;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation invokes.
 *
 * @param service the service's name
 * @param key the object's or workflow's key; null for a plain service
 * @param handler the handler's name
 * @param kind how the handler runs
 */
public record InvocationTarget(String service, @Nullable String key, String handler, Kind kind) {
    /** How a handler runs in relation to others. Stored by its {@link #ordinal()}: append only. */
    public enum Kind {
        /** A plain service: any number at once. */
        SERVICE,
        /** A virtual object, one at a time per key. */
        OBJECT_EXCLUSIVE,
        /** A virtual object's shared handler, concurrent with the exclusive one. */
        OBJECT_SHARED,
        /** The run of a workflow: once per key. */
        WORKFLOW_RUN,
        /** A workflow's other handlers. */
        WORKFLOW_SHARED;

        boolean isOfWorkflow() {
            return this == WORKFLOW_RUN || this == WORKFLOW_SHARED;
        }
    }

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
