package dev.reprise.engine.log.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** Tells a full disk, on which somebody will free room, from a broken one. */
final class NoRoom {
    /** With less room left than this, a failed write failed for want of room, whatever the system calls it. */
    private static final long HARDLY_ANY_BYTES = 64 << 10;

    private NoRoom() {}

    /** Whether a failed write to a folder's disk will succeed once there is room. */
    static boolean isCauseOf(IOException failure, Path folder) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left") || message.contains("quota exceeded")) {
                return true;
            }
        }
        // A disk that is gone has no room either, but it has no size.
        File disk = folder.toFile();
        return disk.getTotalSpace() > 0 && disk.getUsableSpace() < HARDLY_ANY_BYTES;
    }
}
