package dev.reprise.server;

import dev.reprise.engine.store.rocks.RocksLibrary;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.logging.ServerLog;
import dev.reprise.server.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is done once so that later starts are faster: a server is started, given some load and ended, while the JVM records
 * which classes that takes and how its methods are used ({@code -XX:AOTCacheOutput}), so that they are compiled sooner the
 * next time; and RocksDB's library is unpacked for good.
 */
public final class StartPreparation {
    /** Enough for what every request runs through to be used some thousand times. */
    private static final Duration TRAINING = Duration.ofSeconds(6);

    private StartPreparation() {}

    /** Takes the folder to write to. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        RocksLibrary.unpack(folder);
        Path scratch = Files.createTempDirectory(folder, "scratch");
        CommandFlags flags = CommandFlags.parse(
                "--base-dir", scratch.toString(), "--bind-ip", "127.0.0.1", "--use-random-ports", "true");
        train(flags.load(Map.of()).config());
        delete(scratch);
    }

    private static void train(ServerConfig config) throws IOException, InterruptedException {
        ServerLog.configure(config.log());
        try (RepriseServer server = RepriseServer.start(config, false)) {
            get(server.healthUri(RepriseServer.METRICS));
            get(server.healthUri(RepriseServer.ADMIN));
            get(server.healthUri(RepriseServer.INGRESS));
            Training.run(server.healthUri(RepriseServer.INGRESS), server.healthUri(RepriseServer.ADMIN), TRAINING);
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
