package dev.reprise.engine.log.file;

import dev.reprise.engine.log.file.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Searches the rest of a file for a frame of a later batch, which proves that a missing record was durable once.
 *
 * <p>Such a frame may be at any multiple of eight bytes, since the sizes before it are unknown.
 */
final class LaterFrames {
    private static final int CHUNK_BYTES = 1 << 20;
    /** More records than can be missing. Keeps random bytes from being examined closely. */
    private static final long MISSING_MAX = 1L << 32;

    private LaterFrames() {}

    /** The position of a frame of a batch that begins after {@code lostLsn}; -1 if there is none. */
    static long find(DiskFile file, long from, long lostLsn, int salt) throws IOException {
        long size = file.size();
        FrameScanner scanner = new FrameScanner(file, from, salt);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES + RecordFrame.HEADER_BYTES);
        for (long start = from; start < size; start += CHUNK_BYTES) {
            file.read(chunk.clear(), start);
            chunk.flip();
            int last = Math.min(CHUNK_BYTES, chunk.limit() - RecordFrame.HEADER_BYTES + 1);
            for (int at = 0; at < last; at += RecordFrame.ALIGNMENT) {
                long lsn = RecordFrame.lsn(chunk, at);
                if (lsn > lostLsn
                        && lsn <= lostLsn + MISSING_MAX
                        && lsn - RecordFrame.placeInBatch(chunk, at) > lostLsn
                        && isWhole(scanner, start + at, lsn, size)) {
                    return start + at;
                }
            }
        }
        return -1;
    }

    private static boolean isWhole(FrameScanner scanner, long position, long lsn, long size) throws IOException {
        scanner.moveTo(position);
        return scanner.isAt(lsn, size) && scanner.isIntact(size) && scanner.placeInBatch() >= 0;
    }
}
