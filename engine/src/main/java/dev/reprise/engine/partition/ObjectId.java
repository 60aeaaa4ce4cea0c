package dev.reprise.engine.partition;

import dev.reprise.protocol.id.PartitionKey;
import org.jspecify.annotations.Nullable;

/**
 * A virtual object or a workflow: it has state, promises and a queue of its own.
 *
 * @param service its service's name
 * @param key its key within the service
 * @param scope the scope it was called in; the same key in another scope is another object; null for none
 */
public record ObjectId(String service, String key, @Nullable String scope) {
    /** An object outside any scope. */
    public static ObjectId of(String service, String key) {
        return new ObjectId(service, key, null);
    }

    /** Picks its partition: a scope keeps everything in it together. */
    public long partitionKey() {
        return PartitionKey.of(scope != null ? scope : key);
    }
}
