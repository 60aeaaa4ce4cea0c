package dev.reprise.engine.log.file;

import java.time.Duration;

/**
 * How a {@link FileLog} behaves.
 *
 * @param segmentBytes the size of a file; a record that is larger gets a file of its own
 * @param linger how long a record that nobody waits for may stay in memory before it is forced
 */
public record FileLogOptions(int segmentBytes, Duration linger) {
    /** Files of 64 MiB, a linger of two milliseconds. */
    public static final FileLogOptions DEFAULT = new FileLogOptions(64 << 20, Duration.ofMillis(2));

    public FileLogOptions {
        if (segmentBytes < 4096) {
            throw new IllegalArgumentException("segmentBytes must be at least 4096, was " + segmentBytes);
        }
    }
}
