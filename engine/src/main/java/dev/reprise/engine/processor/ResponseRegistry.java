package dev.reprise.engine.processor;

import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.response.ResponseHeldBackException;
import dev.reprise.engine.response.ResponseRoom;
import dev.reprise.protocol.id.InvocationId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The clients that wait for an answer in this run of the node. Any thread. */
public final class ResponseRegistry {
    private final long node;
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentMap<Long, Pending> pending = new ConcurrentHashMap<>();
    /** Why no more answers come from these partitions. */
    private final Map<Integer, RuntimeException> ended = new ConcurrentHashMap<>();

    /** A registry of one run of a node; {@code node} tells it from other runs. */
    public ResponseRegistry(long node) {
        this.node = node;
    }

    /**
     * A request and its future answer; who does not want it any more cancels it, and it is forgotten.
     *
     * @param room what the answer takes before it is given
     */
    public record Waiting(RequestId id, CompletableFuture<Response> response, ResponseRoom room) {}

    /** A request that a partition is to answer. */
    private record Pending(int partition, Waiting request) {}

    /** A new request, which is not expected to be answered yet, and whose answer may be of any size. */
    public Waiting newRequest() {
        return newRequest(ResponseRoom.ANY);
    }

    /**
     * The same, but an answer for which there is no room is not given: the future fails with a {@link
     * ResponseHeldBackException}.
     */
    public Waiting newRequest(ResponseRoom room) {
        long number = sequence.incrementAndGet();
        return new Waiting(new RequestId(node, number), new Answer(number), room);
    }

    /** An answer that is expected until it is cancelled. */
    private final class Answer extends CompletableFuture<Response> {
        private final long number;

        Answer(long number) {
            this.number = number;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                pending.remove(number);
            }
            return cancelled;
        }
    }

    /** From now on the partition's answer is waited for. When no more come from it, the answer is known: a failure. */
    public void expect(int partition, Waiting waiting) {
        pending.put(waiting.id().sequence(), new Pending(partition, waiting));
        RuntimeException cause = ended.get(partition);
        if (cause != null) {
            fail(waiting.id(), cause);
        }
    }

    /** Tells who waits for the answer, if anybody does. */
    public void respond(RequestId id, Response response) {
        Pending known = id.node() == node ? pending.remove(id.sequence()) : null;
        if (known != null) {
            answer(known.request(), response);
        }
    }

    private static void answer(Waiting request, Response response) {
        InvocationId from = invocation(response);
        long bytes = bytes(response);
        if (from == null || bytes == 0 || request.room().take(bytes, isKept(response))) {
            request.response().complete(response);
        } else {
            request.response().completeExceptionally(new ResponseHeldBackException(from, bytes));
        }
    }

    private static @Nullable InvocationId invocation(Response response) {
        return switch (response) {
            case Response.Completed completed -> completed.invocationId();
            case Response.Failed failed -> failed.invocationId();
            default -> null;
        };
    }

    private static boolean isKept(Response response) {
        return switch (response) {
            case Response.Completed completed -> completed.keptUntilMillis() > 0;
            case Response.Failed failed -> failed.keptUntilMillis() > 0;
            default -> false;
        };
    }

    /** What the result takes that comes with an answer. */
    private static long bytes(Response response) {
        return switch (response) {
            case Response.Completed completed -> completed.value().size();
            case Response.Failed failed ->
                (long) failed.failure().message().length() + failed.stacktrace().length();
            default -> 0;
        };
    }

    /** Tells who waits that no answer will come. */
    public void fail(RequestId id, RuntimeException cause) {
        Pending known = pending.remove(id.sequence());
        if (known != null) {
            known.request().response().completeExceptionally(cause);
        }
    }

    /** No more answers come from a partition: who waits for one is told, and who will. */
    public void end(int partition, RuntimeException cause) {
        ended.putIfAbsent(partition, cause);
        pending.forEach((request, known) -> {
            if (known.partition() == partition) {
                fail(new RequestId(node, request), cause);
            }
        });
    }

    /** How many clients wait for an answer. */
    public int waiting() {
        return pending.size();
    }
}
