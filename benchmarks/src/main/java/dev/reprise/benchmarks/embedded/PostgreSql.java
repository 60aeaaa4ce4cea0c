package dev.reprise.benchmarks.embedded;

import dev.reprise.benchmarks.lab.BenchmarkException;
import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import dev.reprise.benchmarks.lab.Folders;
import dev.reprise.benchmarks.lab.Ports;
import dev.reprise.benchmarks.lab.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL with its defaults, on a fresh folder, for as long as the benchmark needs it. */
final class PostgreSql {
    private static final String USER = "bench";
    private static final String SYSTEM_USER = "postgres";
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Child child;
    private final Path folder;
    private final int port;

    private PostgreSql(Child child, Path folder, int port) {
        this.child = child;
        this.folder = folder;
        this.port = port;
    }

    /** Makes a database in a new folder and starts it. */
    static PostgreSql start(Path folder, Path logs) throws IOException, InterruptedException {
        Path programs = programs();
        Files.createDirectories(folder);
        List<String> prefix = asOtherUser(folder);
        Child.run(
                command(prefix, programs.resolve("initdb"), "-D", folder.toString(), "-A", "trust", "-U", USER),
                folder,
                logs.resolve("initdb.log"));
        int port = Ports.free();
        // No socket file, whose folder would have to be writable.
        Command server = command(
                prefix,
                programs.resolve("postgres"),
                "-D",
                folder.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-k",
                "");
        Child child = Child.start(server, Map.of(), folder, logs.resolve("postgresql.log"));
        Waiting.until("PostgreSQL to listen, " + child.describe(), START_MAX, () -> {
            child.requireAlive();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        return new PostgreSql(child, folder, port);
    }

    private static Command command(List<String> prefix, Path program, String... arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(program.toString());
        words.addAll(List.of(arguments));
        return new Command(words, Map.of());
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> asOtherUser(Path folder) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        Files.setOwner(
                folder, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SYSTEM_USER));
        return List.of("setpriv", "--reuid=" + SYSTEM_USER, "--regid=" + SYSTEM_USER, "--clear-groups", "--");
    }

    private static Path programs() throws IOException {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            candidates.add(Path.of(folder));
        }
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.map(version -> version.resolve("bin")).forEach(candidates::add);
            }
        }
        return candidates.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst()
                .orElseThrow(() -> new BenchmarkException("Expected PostgreSQL (initdb and postgres) on the PATH or in "
                        + DEBIAN + ", found none. On Debian: apt-get install postgresql."));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    long pid() {
        return child.pid();
    }

    /** Ends it and removes its folder. */
    void remove() throws IOException, InterruptedException {
        child.end();
        Folders.delete(folder);
    }
}
