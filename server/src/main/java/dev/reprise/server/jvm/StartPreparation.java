package dev.reprise.server.jvm;

import dev.reprise.engine.store.rocks.RocksLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One-time work that makes later starts faster. A server is started, put under some load and stopped while the JVM
 * records which classes that takes and how its methods are used ({@code -XX:AOTCacheOutput}), so that they are compiled
 * sooner the next time. RocksDB's library is unpacked for good.
 */
public final class StartPreparation {
    /** Enough for the code that every request runs through to be used some thousand times. */
    private static final Duration TRAINING = Duration.ofSeconds(6);

    private StartPreparation() {}

    /**
     * A running server.
     *
     * @param ingress the URI that answers when all is well; the same for the others
     * @param closing stops the server
     */
    public record Subject(URI ingress, URI admin, URI metrics, Runnable closing) {}

    /** Starts the server that is trained. */
    @FunctionalInterface
    public interface Starting {
        /** Starts it with its data in this folder, which is empty. */
        Subject start(Path folder) throws IOException;
    }

    /**
     * Prepares the files.
     *
     * @param folder where to write them
     */
    public static void run(Path folder, Starting starting) throws IOException, InterruptedException {
        RocksLibrary.unpack(folder);
        Path scratch = Files.createTempDirectory(folder, "scratch");
        train(starting.start(scratch));
        delete(scratch);
    }

    private static void train(Subject server) throws IOException, InterruptedException {
        try {
            get(server.metrics());
            get(server.admin());
            get(server.ingress());
            Training.run(server.ingress(), server.admin(), TRAINING);
        } finally {
            server.closing().run();
        }
    }

    private static void get(URI uri) throws IOException {
        try (InputStream answer = uri.toURL().openStream()) {
            answer.readAllBytes();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
