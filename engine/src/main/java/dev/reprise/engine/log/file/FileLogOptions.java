package dev.reprise.engine.log.file;

import java.time.Duration;

/**
 * How a {@link FileLog} behaves.
 *
 * @param segmentBytes the full size of a file, at least 4096; the files of a new log grow to it; a larger record makes
 *     its file larger
 * @param linger how long a record that nobody waits for may stay in memory before it is forced
 * @param unreadBytesMax how many bytes of durable, unread records are kept in memory for a reader; one that lags
 *     further reads the files
 * @param freeBytesMin how much room the disk should have left for what has begun: with less, the log says that nobody
 *     should begin anything new; 0 for no such limit
 * @param backlogBytesMax with more than this in memory that is not durable yet, the log says that nobody should append
 *     anything; at least 1
 * @param identity tells the log from others: one with another identity is not opened; empty for none
 */
public record FileLogOptions(
        int segmentBytes,
        Duration linger,
        long unreadBytesMax,
        long freeBytesMin,
        long backlogBytesMax,
        String identity) {
    private static final int BACKLOG_SHARE_OF_HEAP = 16;
    /** Two of the largest requests. */
    private static final long BACKLOG_BYTES_MIN = 64L << 20;

    /**
     * Files of at most 64 MiB, a linger of two milliseconds, 8 MiB for a reader, room for two more files, and a backlog
     * of a sixteenth of the heap or 64 MiB.
     */
    public static final FileLogOptions DEFAULT = new FileLogOptions(
            64 << 20,
            Duration.ofMillis(2),
            8L << 20,
            128L << 20,
            Math.max(BACKLOG_BYTES_MIN, Runtime.getRuntime().maxMemory() / BACKLOG_SHARE_OF_HEAP),
            "");

    /** Without a limit to how full the disk may become. */
    public FileLogOptions(int segmentBytes, Duration linger, long unreadBytesMax) {
        this(segmentBytes, linger, unreadBytesMax, 0, Long.MAX_VALUE, "");
    }

    /** As these, with another {@code freeBytesMin}. */
    public FileLogOptions withFreeBytesMin(long bytes) {
        return new FileLogOptions(segmentBytes, linger, unreadBytesMax, bytes, backlogBytesMax, identity);
    }

    /** As these, with another {@code backlogBytesMax}. */
    public FileLogOptions withBacklogBytesMax(long bytes) {
        return new FileLogOptions(segmentBytes, linger, unreadBytesMax, freeBytesMin, bytes, identity);
    }

    /** As these, with another {@code identity}. */
    public FileLogOptions withIdentity(String text) {
        return new FileLogOptions(segmentBytes, linger, unreadBytesMax, freeBytesMin, backlogBytesMax, text);
    }

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
        if (freeBytesMin < 0) {
            throw new IllegalArgumentException("freeBytesMin must not be negative, was " + freeBytesMin);
        }
        if (backlogBytesMax < 1) {
            throw new IllegalArgumentException("backlogBytesMax must be at least 1, was " + backlogBytesMax);
        }
    }
}
