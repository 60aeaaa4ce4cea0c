package dev.reprise.engine.log.file;

import java.time.Duration;

/**
 * How a {@link FileLog} behaves.
 *
 * @param segmentBytes the size of a file, at least 4096; a record that is larger makes its file larger
 * @param linger how long a record that nobody waits for may stay in memory before it is forced
 * @param unreadBytesMax how many bytes of durable, unread records are kept in memory for a reader; one that lags further
 *     reads the files
 */
public record FileLogOptions(int segmentBytes, Duration linger, long unreadBytesMax) {
    /** Files of 64 MiB, a linger of two milliseconds, 8 MiB for a reader. */
    public static final FileLogOptions DEFAULT = new FileLogOptions(64 << 20, Duration.ofMillis(2), 8L << 20);

    public FileLogOptions {
        if (segmentBytes < 4096) {
            throw new IllegalArgumentException("segmentBytes must be at least 4096, was " + segmentBytes);
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger must not be negative, was " + linger);
        }
        if (unreadBytesMax < 0) {
            throw new IllegalArgumentException("unreadBytesMax must not be negative, was " + unreadBytesMax);
        }
    }
}
