package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A small file system in memory, mounted for a test, that can be filled and freed. */
final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 << 10;

    private final Path mountPoint;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    /** Mounts one, or aborts the test with the reason why it cannot run here. */
    static SmallDisk mount(Path mountPoint, int mebibytes) throws IOException {
        Files.createDirectories(mountPoint);
        String said =
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "reprise-test", mountPoint.toString());
        if (!said.isEmpty()) {
            abort("this test needs a file system of its own, and this machine mounts none (it must run as root): "
                    + said);
        }
        return new SmallDisk(mountPoint);
    }

    /** What the command said; empty if it went well. */
    private static String run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return e.toString();
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.onExit().join().exitValue();
        return code == 0 ? "" : List.of(command) + " ended with " + code + ", " + said;
    }

    Path folder() {
        return mountPoint.resolve("data");
    }

    long freeBytes() {
        return mountPoint.toFile().getUsableSpace();
    }

    /** Takes all room but so much. */
    void fill(long leftBytes) throws IOException {
        try (FileChannel ballast =
                FileChannel.open(mountPoint.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (freeBytes() > leftBytes) {
                int bytes = (int) Math.min(CHUNK_BYTES, freeBytes() - leftBytes);
                ballast.write(ByteBuffer.allocate(bytes));
            }
        }
    }

    /** Gives the room back. */
    void free() throws IOException {
        Files.deleteIfExists(mountPoint.resolve("ballast"));
    }

    @Override
    public void close() throws IOException {
        assertThat(run("umount", mountPoint.toString())).isEmpty();
    }
}
