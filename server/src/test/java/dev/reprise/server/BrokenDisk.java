package dev.reprise.server;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes the disk of a child process fail: a C library, put before the system's, whose {@code fdatasync} ends with EIO
 * once a file is there.
 */
record BrokenDisk(Path library, Path flag) {
    private static final String SOURCE = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <errno.h>
            #include <stdlib.h>
            #include <unistd.h>
            int fdatasync(int fd) {
              const char *flag = getenv("REPRISE_TEST_DISK_BROKEN");
              if (flag && access(flag, F_OK) == 0) { errno = EIO; return -1; }
              return ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(fd);
            }
            """;

    /** Compiles it, or aborts the test with the reason why it cannot run here. */
    static BrokenDisk make(Path folder) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("broken.c"), SOURCE);
        Path library = folder.resolve("broken.so");
        Path log = folder.resolve("cc.log");
        try {
            Process compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library + "", source + "", "-ldl")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (compiler.waitFor() != 0) {
                abort("this test needs a C compiler that makes libraries; cc said: " + Files.readString(log));
            }
        } catch (IOException e) {
            abort("this test needs a C compiler, and this machine has none: " + e.getMessage());
        }
        return new BrokenDisk(library, folder.resolve("broken"));
    }

    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "REPRISE_TEST_DISK_BROKEN", flag.toString());
    }

    /** From now on every force fails. */
    void breakDown() throws IOException {
        Files.createFile(flag);
    }

    void repair() throws IOException {
        Files.delete(flag);
    }
}
