package dev.reprise.engine.log.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The room left on a folder's disk, looked up from time to time. Any thread. */
final class FreeSpace {
    private static final long AGE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path folder;
    private final long bytesMin;
    private volatile Look last;

    private record Look(long bytes, long atNanos) {}

    FreeSpace(Path folder, long bytesMin) {
        this.folder = folder;
        this.bytesMin = bytesMin;
        this.last = look();
    }

    private Look look() {
        return new Look(folder.toFile().getUsableSpace(), System.nanoTime());
    }

    /** Says so when there is less room than there should be. */
    Optional<String> shortage() {
        if (bytesMin == 0) {
            return Optional.empty();
        }
        Look latest = last;
        if (System.nanoTime() - latest.atNanos() > AGE_NANOS_MAX) {
            latest = look();
            last = latest;
        }
        return latest.bytes() >= bytesMin
                ? Optional.empty()
                : Optional.of("the disk of " + folder + " has " + latest.bytes() + " bytes left, at least " + bytesMin
                        + " are kept for what runs; make room");
    }
}
