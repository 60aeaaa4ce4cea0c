package dev.reprise.engine.partition;

import dev.reprise.protocol.id.PartitionKey;
import org.jspecify.annotations.Nullable;

/**
 * A virtual object or a workflow: what has its own state, promises and queue.
 *
 * @param service its service's name
 * @param key which of the service's
 * @param scope the scope it was called in; the same key in another scope is another object; null for none
 */
public record ObjectId(String service, String key, @Nullable String scope) {
    /** One outside any scope. */
    public static ObjectId of(String service, String key) {
        return new ObjectId(service, key, null);
    }

    /** Picks the partition it lives in: a scope keeps all in it together. */
    public long partitionKey() {
        return PartitionKey.of(scope != null ? scope : key);
    }
}
