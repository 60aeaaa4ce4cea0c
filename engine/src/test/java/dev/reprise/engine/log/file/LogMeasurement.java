package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the log beside a bare forced write in the same folder. Arguments: the folder, the seconds for each part, the
 * payload's bytes.
 */
final class LogMeasurement {
    private static final int BLOCK_BYTES = 4096;
    private static final int WINDOW = 2_000;

    private final Path folder;
    private final Duration each;
    private final Bytes payload;
    private final PrintStream out;

    private LogMeasurement(Path folder, Duration each, Bytes payload, PrintStream out) {
        this.folder = folder;
        this.each = each;
        this.payload = payload;
        this.out = out;
    }

    @SuppressWarnings("SystemOut") // a program for the console
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "log");
        LogMeasurement measurement = new LogMeasurement(
                folder,
                Duration.ofSeconds(Long.parseLong(arguments[1])),
                Bytes.wrap(new byte[Integer.parseInt(arguments[2])]),
                System.out);
        try {
            measurement.opening();
            for (int round = 0; round < 2; round++) {
                measurement.bareForce();
                measurement.oneWriter();
            }
            measurement.manyWriters(64);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private FileLog open() {
        return FileLog.open(folder.resolve("log"), FileLogOptions.DEFAULT);
    }

    private void opening() {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            FileLog log = open();
            out.printf("open %d: %.1f ms%n", i, (System.nanoTime() - start) / 1e6);
            log.close();
        }
    }

    private void bareForce() throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 4096; i++) {
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
            }
            channel.force(true);
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            Latencies latencies = new Latencies();
            long end = System.nanoTime() + each.toNanos();
            for (long at = 0; System.nanoTime() < end; at = (at + BLOCK_BYTES) % (4096 * BLOCK_BYTES)) {
                long start = System.nanoTime();
                channel.write(block.clear(), at);
                channel.force(false);
                latencies.add(System.nanoTime() - start);
            }
            out.println("bare write of 4 KiB and force: " + latencies);
        }
    }

    private void oneWriter() {
        Thread me = Thread.currentThread();
        AtomicLong woken = new AtomicLong();
        try (Log log = open();
                LogReader reader = log.open(0, lastLsn(log), () -> {
                    woken.incrementAndGet();
                    LockSupport.unpark(me);
                })) {
            Latencies latencies = new Latencies();
            long end = System.nanoTime() + each.toNanos();
            for (long i = 1; System.nanoTime() < end; i++) {
                long start = System.nanoTime();
                log.append(0, i, payload, Urgency.NOW);
                while (woken.get() < i) {
                    LockSupport.park(this);
                }
                reader.poll(WINDOW);
                latencies.add(System.nanoTime() - start);
            }
            out.println("append until read, one writer:  " + latencies);
        }
    }

    private static long lastLsn(Log log) {
        return ((FileLog) log).segments().durableLsn();
    }

    private void manyWriters(int writers) throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        Semaphore woken = new Semaphore(0);
        AtomicLong appended = new AtomicLong();
        try (Log log = open();
                LogReader reader = log.open(0, lastLsn(log), woken::release)) {
            long start = System.nanoTime();
            long end = start + each.toNanos();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() < end) {
                        window.acquireUninterruptibly();
                        log.append(0, 0, payload, Urgency.NOW);
                        appended.incrementAndGet();
                    }
                }));
            }
            long read = 0;
            long polls = 0;
            while (System.nanoTime() < end || read < appended.get()) {
                List<LogRecord> records = reader.poll(WINDOW);
                if (records.isEmpty()) {
                    woken.tryAcquire(10, TimeUnit.MILLISECONDS);
                    woken.drainPermits();
                } else {
                    polls++;
                    read += records.size();
                    log.trim(0, records.getLast().lsn());
                    window.release(records.size());
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            out.printf(
                    "%d writers, %d at once: %.0f records/s, %.0f records a poll%n",
                    writers, WINDOW, read / seconds, (double) read / polls);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static final class Latencies {
        private long[] nanos = new long[1 << 16];
        private int count;

        void add(long value) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = value;
        }

        private double micros(double quantile) {
            return nanos[Math.min(count - 1, (int) (count * quantile))] / 1e3;
        }

        @Override
        public String toString() {
            Arrays.sort(nanos, 0, count);
            return "p50 %.0f µs, p90 %.0f µs, p99 %.0f µs, max %.0f µs (%d)"
                    .formatted(micros(0.5), micros(0.9), micros(0.99), micros(1), count);
        }
    }
}
