package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static dev.reprise.engine.log.Following.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes the log when a reader has nothing else to do. */
class IdleReaderTest {
    private static final FileLogOptions PATIENT = new FileLogOptions(1 << 20, Duration.ofHours(1), 8 << 20);
    private static final String WRITER = "reprise-log-writer";
    /** Readies segments ahead; what it forces holds no records. */
    private static final String SEGMENTS = "reprise-log-segments";

    @TempDir
    private Path folder;

    private final Forces disk = new Forces();

    @Test
    void reader_idle_writesOnItsOwnThread() throws InterruptedException {
        String me = Thread.currentThread().getName();
        try (Log log = FileLog.open(folder, PATIENT, disk);
                Following following = new Following(log, 0, 0)) {
            disk.byThread.clear();
            int round = 0;
            // On a busy machine the writer may be sooner; not every time.
            do {
                assertThat(following.poll()).isEmpty();
                append(log, 0, "record " + round);
                assertThat(texts(following.next(1))).containsExactly("record " + round);
                round++;
            } while (!me.equals(disk.nextForce()) && round < 1_000);
            assertThat(round).isLessThan(1_000);
        }
    }

    @Test
    void reader_askedButElsewhere_writerWritesSoon() throws InterruptedException {
        try (Log log = FileLog.open(folder, PATIENT, disk);
                LogReader reader = log.open(0, 0, () -> {})) {
            for (int round = 0; round < 10; round++) {
                assertThat(reader.poll(1)).isEmpty();
                disk.byThread.clear();
                append(log, 0, "record");
                assertThat(disk.nextForce()).isEqualTo(WRITER);
                assertThat(pollUntilFound(reader)).containsExactly("record");
            }
        }
    }

    @Test
    void reader_closedWhileIdle_writerWrites() throws InterruptedException {
        try (Log log = FileLog.open(folder, PATIENT, disk)) {
            try (LogReader reader = log.open(0, 0, () -> {})) {
                assertThat(reader.poll(1)).isEmpty();
            }
            disk.byThread.clear();
            append(log, 0, "record");
            assertThat(disk.nextForce()).isEqualTo(WRITER);
        }
    }

    private static List<String> pollUntilFound(LogReader reader) {
        List<String> found = texts(reader.poll(1));
        while (found.isEmpty()) {
            Thread.onSpinWait(); // forced, but not handed to the readers yet
            found = texts(reader.poll(1));
        }
        return found;
    }

    /** The system's disk, and the name of the thread of each force of records. */
    private static final class Forces implements Disk {
        private final Disk disk = Disk.ofSystem();
        private final BlockingQueue<String> byThread = new LinkedBlockingQueue<>();

        @Nullable
        String nextForce() throws InterruptedException {
            return byThread.poll(60, TimeUnit.SECONDS);
        }

        @Override
        public DiskFile open(Path path) throws IOException {
            return new File(disk.open(path), byThread);
        }

        @Override
        public DiskFile openToRead(Path path) throws IOException {
            return disk.openToRead(path);
        }

        @Override
        public void forceFolder(Path path) throws IOException {
            disk.forceFolder(path);
        }

        private record File(DiskFile file, BlockingQueue<String> byThread) implements DiskFile {
            @Override
            public void write(ByteBuffer source, long position) throws IOException {
                file.write(source, position);
            }

            @Override
            public void read(ByteBuffer target, long position) throws IOException {
                file.read(target, position);
            }

            @Override
            public void force() throws IOException {
                file.force();
                String thread = Thread.currentThread().getName();
                if (!thread.equals(SEGMENTS)) {
                    byThread.add(thread);
                }
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
