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
    private final long run;
    private final AtomicLong sequence = new AtomicLong();
    private final ConcurrentMap<Long, Pending> pending = new ConcurrentHashMap<>();
    /** Why these partitions give no more answers. */
    private final Map<Integer, RuntimeException> ended = new ConcurrentHashMap<>();

    /** A registry of one run of a node; {@code run} tells it from other runs. */
    public ResponseRegistry(long run) {
        this.run = run;
    }

    /** The run of the node that it belongs to. */
    public long run() {
        return run;
    }

    /**
     * A request and its future answer; cancel the future to withdraw the request.
     *
     * @param room where the answer takes its memory before it is given
     */
    public record Waiting(RequestId id, CompletableFuture<Response> response, ResponseRoom room) {}

    /** A request that a partition is to answer. */
    private record Pending(int partition, Waiting request) {}

    /** A new request, not yet expected to be answered, with an answer of any size. */
    public Waiting newRequest() {
        return newRequest(ResponseRoom.ANY);
    }

    /**
     * As {@link #newRequest()}, but an answer without room is dropped: the future fails with a
     * {@link ResponseHeldBackException}.
     */
    public Waiting newRequest(ResponseRoom room) {
        long number = sequence.incrementAndGet();
        return new Waiting(new RequestId(run, number), new Answer(number), room);
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

    /** Expects the partition's answer from now on. If the partition gives no more answers, the future fails at once. */
    public void expect(int partition, Waiting waiting) {
        pending.put(waiting.id().sequence(), new Pending(partition, waiting));
        RuntimeException cause = ended.get(partition);
        if (cause != null) {
            fail(waiting.id(), cause);
        }
    }

    /** Answers a request, if somebody waits for it. */
    public void respond(RequestId id, Response response) {
        Pending known = id.run() == run ? pending.remove(id.sequence()) : null;
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

    /** The memory that a result takes. */
    private static long bytes(Response response) {
        return switch (response) {
            case Response.Completed completed -> completed.value().size();
            case Response.Failed failed ->
                (long) failed.failure().message().length() + failed.stacktrace().length();
            default -> 0;
        };
    }

    /** Fails a request that will get no answer. */
    public void fail(RequestId id, RuntimeException cause) {
        Pending known = pending.remove(id.sequence());
        if (known != null) {
            known.request().response().completeExceptionally(cause);
        }
    }

    /** A partition gives no more answers: fails everybody who waits for one, now and later. */
    public void end(int partition, RuntimeException cause) {
        ended.putIfAbsent(partition, cause);
        pending.forEach((request, known) -> {
            if (known.partition() == partition) {
                fail(new RequestId(run, request), cause);
            }
        });
    }

    /** How many clients wait for an answer. */
    public int waiting() {
        return pending.size();
    }
}
