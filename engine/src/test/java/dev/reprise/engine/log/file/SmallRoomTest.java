package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a nearly full disk is for records, not for files that may never be filled. */
@Timeout(60)
class SmallRoomTest {
    private static final int MIB = 1 << 20;
    private static final int RECORD_BYTES = 64 << 10;
    private static final int RECORDS_PER_MIB = MIB / RECORD_BYTES;
    private static final String RECORD = "x".repeat(RECORD_BYTES);

    @TempDir
    private Path folder;

    @Test
    void nextFile_thatDoesNotFit_isNotBegun() throws IOException {
        TightDisk disk = new TightDisk(folder, 3 * MIB + MIB / 2);
        try (Log log = FileLog.open(folder, options(0), disk)) {
            write(log, 0, RECORDS_PER_MIB * 5 / 2);
            for (int i = 0; i < RECORDS_PER_MIB; i++) {
                append(log, 0, RECORD);
            }
            while (log.health().stall().isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(disk.leastBytes()).isGreaterThanOrEqualTo(MIB / 4);
            assertThat(log.health().stall().orElseThrow()).contains("make room");
            disk.grow(8 * MIB);
            assertThat(Following.texts(log, 0, 0, RECORDS_PER_MIB * 7 / 2)).hasSize(RECORDS_PER_MIB * 7 / 2);
        }
    }

    @Test
    void reserve_isTakenByRecordsAlone() throws IOException {
        int reserveMib = 12;
        int allMib = 20;
        TightDisk disk = new TightDisk(folder, (long) allMib * MIB);
        FileLogOptions options = options((long) reserveMib * MIB);
        int written = 0;
        try (Log log = FileLog.open(folder, options, disk)) {
            for (int mib = 1; mib <= allMib - 3; mib++) {
                write(log, written, written + RECORDS_PER_MIB);
                written += RECORDS_PER_MIB;
                // One file is ready before it is needed, and the end of one may stay empty.
                int least = Math.min(reserveMib, allMib - mib) - 3;
                assertThat(disk.leastBytes()).as("after %d MiB", mib).isGreaterThanOrEqualTo((long) least * MIB);
            }
        }
        try (Log log = FileLog.open(folder, options, disk)) {
            assertThat(Following.texts(log, 0, 0, written)).hasSize(written).containsOnly(RECORD);
        }
    }

    @Test
    void reserve_notTouched_filesAreOfFullSize() throws IOException {
        TightDisk disk = new TightDisk(folder, 100 * MIB);
        try (Log log = FileLog.open(folder, options(12 * MIB), disk)) {
            write(log, 0, 20 * RECORDS_PER_MIB);
        }
        assertThat(Files.size(folder.resolve("000000000004.log"))).isEqualTo(8 * MIB);
    }

    private static FileLogOptions options(long freeBytesMin) {
        return new FileLogOptions(8 * MIB, Duration.ofMillis(2), MIB).withFreeBytesMin(freeBytesMin);
    }

    private static void write(Log log, long afterLsn, int until) {
        try (Following following = new Following(log, 0, afterLsn)) {
            for (long written = afterLsn; written < until; written++) {
                append(log, 0, RECORD);
                assertThat(following.next(1)).hasSize(1);
            }
        }
    }

    /** A disk with so much room for the files of one folder, which forces nothing. */
    private static final class TightDisk implements Disk {
        private final Disk disk = Disk.ofSystem();
        private final Path folder;
        private long capacityBytes;
        private long leastBytes;

        TightDisk(Path folder, long capacityBytes) {
            this.folder = folder;
            this.capacityBytes = capacityBytes;
            this.leastBytes = capacityBytes;
        }

        synchronized void grow(long bytes) {
            capacityBytes += bytes;
        }

        /** The least room there ever was. */
        synchronized long leastBytes() {
            return leastBytes;
        }

        @Override
        public synchronized OptionalLong roomBytes(Path path) {
            try (var files = Files.newDirectoryStream(folder)) {
                long used = 0;
                for (Path file : files) {
                    used += Files.size(file);
                }
                return OptionalLong.of(capacityBytes - used);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private synchronized void take(long bytes) throws IOException {
            long left = roomBytes(folder).orElseThrow() - Math.max(0, bytes);
            if (left < 0) {
                leastBytes = 0;
                throw new IOException("No space left on device");
            }
            leastBytes = Math.min(leastBytes, left);
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            DiskFile file = disk.open(path);
            return new DiskFile() {
                @Override
                public void write(ByteBuffer source, long position) throws IOException {
                    take(position + source.remaining() - file.size());
                    file.write(source, position);
                }

                @Override
                public void read(ByteBuffer target, long position) throws IOException {
                    file.read(target, position);
                }

                @Override
                public void force() {}

                @Override
                public long size() throws IOException {
                    return file.size();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        @Override
        public DiskFile openToRead(Path path) throws IOException {
            return disk.openToRead(path);
        }

        @Override
        public void forceFolder(Path path) {}
    }
}
