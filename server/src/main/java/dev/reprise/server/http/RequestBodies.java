package dev.reprise.server.http;

import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.server.http.RefusedBodyException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Reads whole request bodies into memory that is bounded for all of them together. For any thread that may block.
 *
 * <p>A body of known length reserves all of it before it is read, and waits its turn while there is too little, so that
 * every body that has begun can end. Any other body reserves more as it arrives, and is refused when there is no more.
 * Small bodies have memory of their own, so that slow large ones do not hold up all others.
 */
public final class RequestBodies {
    /** How much of a body must arrive within each stall timeout. */
    public static final int PROGRESS_BYTES = 64 << 10;

    private static final int SMALL_BYTES = 64 << 10;
    private static final int SHARE_OF_SMALL = 8;

    private final BodyLimits limits;
    private final String setting;
    private final String whenTooLarge;
    private final MemoryPool small;
    private final MemoryPool large;

    /**
     * Reads bodies within limits.
     *
     * @param setting the setting that determines how much memory there is, for messages
     * @param whenTooLarge a sentence that tells a client with too large a body what to do
     */
    public RequestBodies(BodyLimits limits, String setting, String whenTooLarge) {
        this.limits = limits;
        this.setting = setting;
        this.whenTooLarge = whenTooLarge;
        long smallBytes = Math.max(1, limits.memoryBytes() / SHARE_OF_SMALL);
        this.small = new MemoryPool(smallBytes);
        this.large = new MemoryPool(Math.max(1, limits.memoryBytes() - smallBytes));
    }

    /** How much memory is enough for one body of this size. */
    static long memoryBytesFor(int bytes) {
        return (long) bytes + bytes / (SHARE_OF_SMALL - 1) + SHARE_OF_SMALL;
    }

    /** The memory that bodies take, for metrics. */
    public List<MemoryPool> pools() {
        return List.of(small, large);
    }

    /** The largest body that is accepted. */
    public int bytesMax() {
        return limits.bytesMax();
    }

    /** A body, which holds memory until it is closed. */
    public record Body(byte[] bytes, MemoryLease lease) implements AutoCloseable {
        @Override
        public void close() {
            lease.close();
        }
    }

    /**
     * The body of a request.
     *
     * @throws RefusedBodyException when it is refused; if it is too large, little more than the limit has been read
     * @throws IOException when the connection fails before its end
     */
    public Body read(Request request) throws IOException, RefusedBodyException {
        long length = request.getLength();
        if (length > limits.bytesMax()) {
            throw tooLarge(length);
        }
        MemoryLease lease = reserve(length);
        boolean read = false;
        try {
            byte[] bytes = new BodyReader(request, limits, this, lease).read();
            read = true;
            return new Body(bytes, lease);
        } finally {
            if (!read) {
                lease.close();
            }
        }
    }

    private MemoryLease reserve(long length) throws RefusedBodyException {
        long bytes = limits.memoryFactor() * (length < 0 ? SMALL_BYTES : length);
        MemoryPool pool = length < 0 || length > SMALL_BYTES ? large : small;
        if (bytes > pool.capacityBytes()) {
            throw new RefusedBodyException(
                    Reason.LARGER_THAN_MEMORY,
                    "Expected a request body of at most " + pool.capacityBytes() / limits.memoryFactor()
                            + " bytes, because that is what fits into the memory for request bodies, found " + length
                            + ". Raise '" + setting + "', or the server's heap.");
        }
        try {
            Optional<MemoryLease> lease = pool.reserve(bytes, limits.patience());
            return lease.orElseThrow(this::noMemory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noMemory();
        }
    }

    /** This many bytes have arrived of a body of unknown length. */
    void grow(MemoryLease lease, int bytes) throws RefusedBodyException {
        long missing = (long) limits.memoryFactor() * bytes - lease.bytes();
        if (missing > 0 && !lease.tryGrow(missing)) {
            throw noMemory();
        }
    }

    private RefusedBodyException noMemory() {
        return new RefusedBodyException(
                Reason.NO_MEMORY,
                "The memory for request bodies is taken by other requests: nothing was done, send the request again"
                        + " later. If this goes on, raise '" + setting + "'.");
    }

    RefusedBodyException tooLarge(long length) {
        return new RefusedBodyException(
                Reason.TOO_LARGE,
                "Expected a request body of at most " + limits.bytesMax() + " bytes, found "
                        + (length < 0 ? "more" : String.valueOf(length)) + ". " + whenTooLarge);
    }
}
