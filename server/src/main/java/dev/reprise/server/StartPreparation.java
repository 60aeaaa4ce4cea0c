package dev.reprise.server;

import dev.reprise.engine.store.rocks.RocksLibrary;
import dev.reprise.server.config.ConfigLoader;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.logging.ServerLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is done once so that later starts are faster: a server is started, asked a little and ended, while the JVM records
 * which classes that takes ({@code -XX:AOTCacheOutput}); and RocksDB's library is unpacked for good.
 */
public final class StartPreparation {
    private StartPreparation() {}

    /** Takes the folder to write to. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        RocksLibrary.unpack(folder);
        Path scratch = Files.createTempDirectory(folder, "scratch");
        ServerConfig config = ConfigLoader.load(
                        null,
                        Map.of(),
                        Map.of("base-dir", scratch.toString(), "bind-ip", "127.0.0.1", "use-random-ports", "true"))
                .config();
        ServerLog.configure(config.log());
        try (RepriseServer server = RepriseServer.start(config)) {
            server.healthUris().forEach(StartPreparation::get);
        }
        delete(scratch);
    }

    private static void get(URI uri) {
        try (InputStream answer = uri.toURL().openStream()) {
            answer.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the server does not answer on " + uri, e);
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
