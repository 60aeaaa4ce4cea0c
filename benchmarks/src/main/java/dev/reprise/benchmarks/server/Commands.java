package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import dev.reprise.benchmarks.lab.JavaProgram;
import dev.reprise.benchmarks.lab.PeerModule;
import dev.reprise.benchmarks.lab.WrongFlagException;
import dev.reprise.benchmarks.service.BenchService;
import dev.reprise.benchmarks.service.HangingService;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How servers and services are started, by name. What must be fetched or built is, when it is first asked for. */
final class Commands {
    private static final String OURS = "ours";
    private static final String ORIGINAL = "original";
    private static final String REPRISE = "reprise";
    private static final String JAVA = "java";
    private static final String TYPESCRIPT = "typescript";
    private static final Set<String> SERVICES = Set.of(REPRISE, JAVA, TYPESCRIPT);

    private final Path root;
    private final NodePackages packages;
    private final PeerModule peers;
    private final Map<String, String> moreServers;

    /**
     * The known ones and others.
     *
     * @param root the project's folder
     * @param moreServers commands by name; placeholders are data, ingress, admin and node, in braces
     */
    Commands(Path root, Map<String, String> moreServers) {
        this.root = root;
        peers = new PeerModule(root);
        this.moreServers = new LinkedHashMap<>(moreServers);
        packages = new NodePackages(
                root.resolve("benchmarks/src/main/typescript"), root.resolve(".reprise/bench-packages"));
    }

    /** Fails if there is no such server or service. */
    void check(Side side) {
        Set<String> servers = new TreeSet<>(moreServers.keySet());
        servers.add(OURS);
        servers.add(ORIGINAL);
        requireOneOf("server", side.server(), servers);
        requireOneOf("service", side.service(), SERVICES);
    }

    private static void requireOneOf(String what, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new WrongFlagException(
                    "Expected a " + what + " of " + new TreeSet<>(names) + ", found \"" + name + "\".");
        }
    }

    Command server(String name) throws InterruptedException {
        String more = moreServers.get(name);
        if (more != null) {
            return new Command(List.of(more.strip().split("\\s+")), Map.of());
        }
        return name.equals(OURS)
                ? ourServer()
                : new Command(List.of(packages.originalServer().toString()), Map.of());
    }

    /** As {@code ./reprise server} starts it, with its cache made: what is measured is not a first start. */
    private Command ourServer() throws InterruptedException {
        String program = root.resolve("server/src/main/dist/bin/reprise").toString();
        Map<String, String> environment = Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "REPRISE_CLASS_PATH",
                        root.resolve("server/target/reprise-server.jar").toString(),
                "REPRISE_CACHE", root.resolve(".reprise/server-cache").toString());
        Child.run(
                new Command(List.of(program, "prepare"), environment),
                root,
                root.resolve(".reprise/bench-prepare.log"));
        return new Command(List.of(program, "server"), environment);
    }

    Command service(String name) throws InterruptedException {
        return switch (name) {
            case REPRISE -> JavaProgram.command(BenchService.class.getName(), JavaProgram.classPath());
            case JAVA -> JavaProgram.command("dev.reprise.peers.restate.OfficialService", peers.classPath());
            default ->
                new Command(
                        List.of(packages.node().toString(), packages.service().toString()),
                        Map.of("NODE_ENV", "production", "RESTATE_LOGGING", "WARN"));
        };
    }

    /** A service with our SDK that will answer nothing. */
    static Command hangingService() {
        return JavaProgram.command(HangingService.class.getName(), JavaProgram.classPath());
    }
}
