package dev.reprise.engine.processor;

import dev.reprise.engine.partition.Action.Response;
import dev.reprise.engine.partition.RequestId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The clients that wait for an answer in this run of the node. Any thread. */
public final class ResponseRegistry {
    private final long node;
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentMap<Long, CompletableFuture<Response>> waiting = new ConcurrentHashMap<>();

    /** A registry of one run of a node; {@code node} tells it from other runs. */
    public ResponseRegistry(long node) {
        this.node = node;
    }

    /** A request and its future answer. */
    public record Waiting(RequestId id, CompletableFuture<Response> response) {}

    public Waiting register() {
        RequestId id = new RequestId(node, sequence.incrementAndGet());
        CompletableFuture<Response> response = new CompletableFuture<>();
        waiting.put(id.sequence(), response);
        return new Waiting(id, response);
    }

    void respond(RequestId id, Response response) {
        CompletableFuture<Response> future = id.node() == node ? waiting.remove(id.sequence()) : null;
        if (future != null) {
            future.complete(response);
        }
    }

    /** Tells all who wait that no answer will come. */
    public void failAll(RuntimeException cause) {
        waiting.values().forEach(future -> future.completeExceptionally(cause));
    }

    /** How many clients wait for an answer. */
    public int waiting() {
        return waiting.size();
    }
}
