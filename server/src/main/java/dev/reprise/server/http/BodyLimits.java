package dev.reprise.server.http;

import java.time.Duration;

/**
 * What request bodies may use while they are read and handled.
 *
 * @param bytesMax the largest body
 * @param memoryBytes how much memory all of them may take together
 * @param memoryFactor how many bytes of memory one byte of a body takes, at least 1: more than one if it is parsed
 * @param stallTimeout how long a body may take for {@link RequestBodies#PROGRESS_BYTES} more before it is given up
 * @param patience how long a large body waits for memory before it is refused
 */
public record BodyLimits(int bytesMax, long memoryBytes, int memoryFactor, Duration stallTimeout, Duration patience) {
    /** How long a body waits for memory unless set otherwise: less than clients wait for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SHARE_OF_HEAP = 8;

    public BodyLimits {
        if (bytesMax < 1 || memoryBytes < 1 || memoryFactor < 1) {
            throw new IllegalArgumentException("a body's limits must be positive, were " + bytesMax + " and "
                    + memoryBytes + " bytes, factor " + memoryFactor);
        }
    }

    /** For bodies up to a size that are not parsed; see {@link #defaultMemoryBytes} for their memory. */
    public static BodyLimits upTo(int bytesMax) {
        return new BodyLimits(bytesMax, defaultMemoryBytes(bytesMax), 1, HttpServer.STALL_TIMEOUT, PATIENCE);
    }

    /** An eighth of the heap, and at least enough for one body of the largest size. */
    public static long defaultMemoryBytes(int bytesMax) {
        return Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, RequestBodies.memoryBytesFor(bytesMax));
    }
}
