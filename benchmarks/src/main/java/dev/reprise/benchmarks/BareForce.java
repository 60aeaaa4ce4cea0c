package dev.reprise.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The floor: one 4 KiB write and {@code fdatasync} after the other, into a file that is written already. */
final class BareForce {
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 256;

    private BareForce() {}

    static void measure(Path folder, int forces, Latencies latencies) {
        Path file = folder.resolve("bare-force");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.clear(), (long) i * BLOCK_BYTES);
            }
            channel.force(true);
            for (int i = 0; i < forces; i++) {
                long start = System.nanoTime();
                channel.write(block.clear(), (long) (i % BLOCKS) * BLOCK_BYTES);
                channel.force(false);
                latencies.add(System.nanoTime() - start);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
