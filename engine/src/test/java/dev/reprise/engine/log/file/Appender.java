package dev.reprise.engine.log.file;

import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * A process that appends to the log in the folder given until it is killed. It writes to its standard output the LSN of
 * each record (8 bytes) and the seed its payload is made of (8 bytes), once the record is durable.
 */
final class Appender {
    static final int PAYLOAD_BYTES_MAX = 3_000;
    private static final int AHEAD_MAX = 500;

    private Appender() {}

    public static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[1]);
        Semaphore woken = new Semaphore(0);
        try (Log log = FileLog.open(
                        Path.of(arguments[0]), new FileLogOptions(1 << 20, FileLogOptions.DEFAULT.linger(), 1 << 16));
                DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
                LogReader reader = log.open(0, Long.parseLong(arguments[2]), woken::release)) {
            long appended = 0;
            long read = 0;
            while (true) {
                while (appended - read < AHEAD_MAX) {
                    log.append(0, seed, payload(seed), appended % 3 == 0 ? Urgency.NOW : Urgency.SOON);
                    seed++;
                    appended++;
                }
                List<LogRecord> records = reader.poll(100);
                for (LogRecord record : records) {
                    out.writeLong(record.lsn());
                    out.writeLong(record.appendTimeMillis());
                }
                read += records.size();
                if (records.isEmpty()) {
                    woken.acquireUninterruptibly();
                }
            }
        }
    }

    static Bytes payload(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(PAYLOAD_BYTES_MAX)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
