package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.store.rocks.RocksLibrary;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * With which the processes of these tests start in two thirds of the processor time: the JVM's archive of the library
 * classes that a server loads, and RocksDB's library, unpacked. The first test JVM makes both, the others wait for it,
 * and later runs find them in {@code target}.
 *
 * <p>Such an archive holds classes of jars only, which must come first on the class path: those that this build does
 * not make itself.
 */
final class StartCache {
    private static final Path FOLDER = Path.of("target", "start-cache").toAbsolutePath();
    private static final String ARCHIVE = "classes.jsa";
    private static final String JARS = classPath(true);

    /** What {@code -cp} takes. */
    static final String CLASS_PATH = JARS + File.pathSeparator + classPath(false);

    private StartCache() {}

    private static final class Made {
        private static final Path CACHE = find();
    }

    /**
     * The JVM's flags to use it. Its warnings are off: an archive that does not fit is not used, and nothing else
     * happens.
     */
    static List<String> flags() {
        return List.of(
                "-Xlog:disable",
                "-XX:SharedArchiveFile=" + Made.CACHE.resolve(ARCHIVE),
                "-Djava.library.path=" + Made.CACHE);
    }

    private static String classPath(boolean libraries) {
        Path project = Path.of("..").toAbsolutePath().normalize();
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return String.join(
                File.pathSeparator,
                Stream.of(all.split(File.pathSeparator, -1))
                        .filter(entry -> !entry.isEmpty())
                        .filter(entry -> libraries
                                == (entry.endsWith(".jar") && !Path.of(entry).startsWith(project)))
                        .toList());
    }

    private static Path find() {
        Path cache = FOLDER.resolve(Integer.toHexString((Runtime.version() + JARS).hashCode()));
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel lock = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                if (!Files.exists(cache)) {
                    make(cache);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + cache, e);
        }
        return cache;
    }

    private static void make(Path cache) throws IOException {
        Path draft = Files.createTempDirectory(FOLDER, "draft");
        RocksLibrary.unpack(draft);
        Path list = draft.resolve("classes");
        String[] settings = {"--base-dir", "data", "--bind-ip", "127.0.0.1", "--use-random-ports", "true"};
        try (ChildProcess server =
                start(draft, List.of("-XX:DumpLoadedClassList=" + list), CLASS_PATH, Main.class.getName(), settings)) {
            assertThat(server.get("ingress", "/restate/health")).isEqualTo("{\"services\":[]}");
            server.terminate();
            assertThat(server.exitCode()).as(server.output()).isZero();
        }
        List<String> dump = List.of(
                "-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + draft.resolve(ARCHIVE));
        try (ChildProcess dumping = start(draft, dump, JARS, "-version")) {
            assertThat(dumping.exitCode()).as(dumping.output()).isZero();
        }
        Files.move(draft, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ChildProcess start(Path folder, List<String> flags, String classPath, String main, String... words)
            throws IOException {
        List<String> command = new ArrayList<>(ChildProcess.JVM);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(words));
        return ChildProcess.start(folder, command, Map.of());
    }
}
