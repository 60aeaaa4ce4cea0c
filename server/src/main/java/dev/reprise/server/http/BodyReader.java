package dev.reprise.server.http;

import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.server.http.RefusedBodyException.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads one body, as long as it makes progress. For one thread, which blocks. */
final class BodyReader {
    private static final int FIRST_BYTES = 16 << 10;
    /** Up to this many bytes, the client's word is enough to allocate an array. */
    private static final int KNOWN_LENGTH_MAX = 1 << 20;

    private final Request request;
    private final BodyLimits limits;
    private final RequestBodies bodies;
    private final MemoryLease lease;
    private final int length;
    private final Semaphore arrived = new Semaphore(0);

    private byte[] bytes;
    private int filled;
    private long progressNanos = System.nanoTime();
    private int progressAt;

    BodyReader(Request request, BodyLimits limits, RequestBodies bodies, MemoryLease lease) {
        this.request = request;
        this.limits = limits;
        this.bodies = bodies;
        this.lease = lease;
        this.length = (int) request.getLength();
        this.bytes = new byte[length < 0 ? FIRST_BYTES : Math.min(length, KNOWN_LENGTH_MAX)];
    }

    byte[] read() throws IOException, RefusedBodyException {
        while (true) {
            Content.Chunk chunk = next();
            if (Content.Chunk.isFailure(chunk)) {
                throw failure(chunk.getFailure());
            }
            try {
                take(chunk);
            } finally {
                chunk.release();
            }
            if (chunk.isLast()) {
                requireLength(filled < length, "less");
                return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
            }
        }
    }

    private Content.Chunk next() {
        Content.Chunk chunk = request.read();
        while (chunk == null) {
            request.demand(arrived::release);
            // Something always comes: data, the end, a failure, or the notice that nothing came within the idle
            // timeout.
            arrived.acquireUninterruptibly();
            chunk = request.read();
        }
        return chunk;
    }

    private void take(Content.Chunk chunk) throws RefusedBodyException {
        int size = chunk.remaining();
        if (size > limits.bytesMax() - filled) {
            throw bodies.tooLarge(-1);
        }
        requireLength(length >= 0 && filled + size > length, "more");
        if (length < 0) {
            bodies.grow(lease, filled + size);
        }
        if (filled + size > bytes.length) {
            long wanted = Math.max(filled + size, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, length < 0 ? limits.bytesMax() : length));
        }
        chunk.get(bytes, filled, size);
        filled += size;
        requireProgress(chunk.isLast());
    }

    /** Jetty ensures that for HTTP/1.1 only. */
    private void requireLength(boolean broken, String found) throws RefusedBodyException {
        if (broken) {
            throw new RefusedBodyException(
                    Reason.MALFORMED,
                    "Expected a body of " + length + " bytes, as content-length says, found " + found + ".");
        }
    }

    private void requireProgress(boolean last) throws RefusedBodyException {
        long now = System.nanoTime();
        if (filled - progressAt >= RequestBodies.PROGRESS_BYTES) {
            progressAt = filled;
            progressNanos = now;
        } else if (!last && now - progressNanos > limits.stallTimeout().toNanos()) {
            throw tooSlow();
        }
    }

    private IOException failure(Throwable failure) throws RefusedBodyException {
        if (failure instanceof TimeoutException) {
            throw tooSlow();
        }
        if (failure instanceof HttpException malformed && malformed.getCode() == HttpStatus.BAD_REQUEST_400) {
            throw new RefusedBodyException(
                    Reason.MALFORMED, "Expected a well-formed body, found: " + malformed.getReason() + ".");
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    /**
     * A client that did not send it in time will not end it soon, so the rest is not awaited after the answer either.
     */
    private RefusedBodyException tooSlow() {
        RestOfBody.giveUp(request);
        return new RefusedBodyException(
                Reason.TOO_SLOW,
                "Expected the request body to come, at least " + RequestBodies.PROGRESS_BYTES + " bytes in "
                        + limits.stallTimeout().toMillis() + " ms, found " + filled
                        + " bytes of it. Nothing was done.");
    }
}
