package dev.reprise.benchmarks.server;

import static dev.reprise.benchmarks.lab.BenchmarkCommand.require;

import dev.reprise.benchmarks.lab.BenchmarkCommand;
import dev.reprise.benchmarks.lab.ProjectFolder;
import dev.reprise.benchmarks.lab.Results;
import dev.reprise.benchmarks.lab.WindowOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./reprise bench server}: measures servers side by side and prints tables. */
@CommandLine.Command(
        name = "reprise bench server",
        sortOptions = false,
        description =
                "Measures servers that speak Restate's ingress and admin API, side by side, with the same load and the"
                        + " same services. docs/benchmarking.md says what the columns mean.")
@SuppressWarnings({"FieldCanBeFinal", "SystemOut"}) // picocli fills the fields; tables are what the user wants to see
public final class ServerBenchmark implements Callable<Integer> {
    private static final String REPORT = "report";
    private static final Map<String, Supplier<Measurement>> MEASUREMENTS = measurements();

    @Mixin
    private final WindowOptions windows = new WindowOptions(1.5);

    @Parameters(
            paramLabel = "MEASUREMENT",
            description =
                    "compare (the default), pending-delayed, pending-parked, journal, recovery-suspended,"
                            + " recovery-midway, fairness-endpoint, fairness-key; or report: the tables again, from what --out holds.")
    private List<String> wanted = List.of("compare");

    @Option(
            names = "--sides",
            split = ",",
            paramLabel = "SERVER/SERVICE",
            description = "What takes turns. Servers: ours, original, and those of --server. Services: reprise, java,"
                    + " typescript (the latter two on the official SDKs). Default: ours/java,original/java.")
    private List<String> sides = List.of("ours/java", "original/java");

    @Option(
            names = "--server",
            paramLabel = "NAME=COMMAND",
            description =
                    "One more server. {data}, {ingress}, {admin} and {node} stand for its folder and ports; it is given"
                            + " them as RESTATE_ variables, too.")
    private Map<String, String> servers = new LinkedHashMap<>();

    @Option(names = "--scenarios", split = ",", description = "Of compare: only these.")
    private List<String> scenarios = List.of();

    @Option(names = "--cs", split = ",", description = "Of compare: at these concurrencies.")
    private List<Integer> concurrencies = List.of();

    @Option(
            names = "--prewarm",
            description =
                    "Seconds of each of six kinds of load for a server that has just started. Default: ${DEFAULT-VALUE}.")
    private double prewarm = 1;

    @Option(
            names = "--quiet",
            description =
                    "A window is measured again, up to seven times, when others took more than this share of the cores."
                            + " Default: ${DEFAULT-VALUE}.")
    private double quiet = 0.12;

    @Option(
            names = "--patience",
            description = "Seconds to wait at most for a quiet machine before each window. Default: ${DEFAULT-VALUE}.")
    private long patience = 60;

    @Option(
            names = "--count",
            description =
                    "How many invocations are pending (100,000), to be recovered (10,000), queued at the key (10,000) or"
                            + " sent to the endpoint that hangs (500).")
    private int count;

    @Option(names = "--sizes", split = ",", description = "Of journal: numbers of steps. Default: 1000,5000.")
    private List<Integer> sizes = List.of(1_000, 5_000);

    @Option(
            names = "--out",
            description =
                    "The folder for results, logs, and the servers' data: its disk is measured. Default: ${DEFAULT-VALUE}.")
    private Path out = ProjectFolder.root().resolve(".reprise/bench");

    ServerBenchmark() {}

    private static Map<String, Supplier<Measurement>> measurements() {
        Map<String, Supplier<Measurement>> all = new LinkedHashMap<>();
        all.put("compare", Comparison::new);
        all.put("pending-delayed", () -> new Pending(Pending.Kind.DELAYED));
        all.put("pending-parked", () -> new Pending(Pending.Kind.PARKED));
        all.put("journal", JournalGrowth::new);
        all.put("recovery-suspended", () -> new Recovery(Recovery.Kind.SUSPENDED));
        all.put("recovery-midway", () -> new Recovery(Recovery.Kind.MIDWAY));
        all.put("fairness-endpoint", () -> new Fairness(Fairness.Kind.ENDPOINT));
        all.put("fairness-key", () -> new Fairness(Fairness.Kind.KEY));
        return all;
    }

    /** Exit code 0: measured; 1: could not; 2: unknown flags. */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return BenchmarkCommand.execute(new ServerBenchmark(), "./reprise bench server", args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path root = ProjectFolder.root();
        Commands commands = new Commands(root, servers);
        Settings settings = checked(commands);
        if (!wanted.equals(List.of(REPORT))) {
            measure(settings, commands);
        }
        System.out.print(new Results(settings.out()).report());
        return 0;
    }

    private void measure(Settings settings, Commands commands) throws IOException, InterruptedException {
        Consumer<String> progress = System.err::println;
        try (Lab lab = new Lab(settings, commands, progress)) {
            for (String name : wanted) {
                Measurement measurement =
                        MEASUREMENTS.getOrDefault(name, Comparison::new).get();
                for (int round = 1; round <= windows.rounds(); round++) {
                    for (Side side : settings.sides()) {
                        measurement.measure(lab, side, round);
                    }
                }
            }
        }
    }

    /** All that can be said against the flags is said before anything is started. */
    private Settings checked(Commands commands) {
        checkMeasurements();
        Comparison.check(scenarios);
        windows.check();
        require(prewarm >= 0, "--prewarm of at least 0", prewarm);
        require(quiet >= 0 && quiet <= 1, "--quiet as a share, 0 to 1", quiet);
        require(patience >= 0, "--patience of at least 0", patience);
        require(count >= 0, "--count of at least 0", count);
        concurrencies.forEach(each -> require(each >= 1, "--cs of at least 1", each));
        sizes.forEach(size -> require(size >= 10, "--sizes of at least 10", size));
        List<Side> parsed = sides.stream().map(Side::parse).toList();
        parsed.forEach(commands::check);
        return new Settings(
                parsed,
                new TreeSet<>(scenarios),
                new TreeSet<>(concurrencies),
                windows.seconds(),
                windows.warmupSeconds(),
                prewarm,
                quiet,
                Duration.ofSeconds(patience),
                count,
                sizes,
                out.toAbsolutePath());
    }

    private void checkMeasurements() {
        for (String name : wanted) {
            boolean known = MEASUREMENTS.containsKey(name) || (name.equals(REPORT) && wanted.size() == 1);
            require(known, "a measurement of " + MEASUREMENTS.keySet() + ", or report alone", name);
        }
    }
}
