package dev.reprise.benchmarks.embedded;

import static dev.reprise.benchmarks.lab.BenchmarkCommand.require;

import dev.reprise.benchmarks.lab.BenchmarkCommand;
import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import dev.reprise.benchmarks.lab.Folders;
import dev.reprise.benchmarks.lab.JavaProgram;
import dev.reprise.benchmarks.lab.Json;
import dev.reprise.benchmarks.lab.PeerModule;
import dev.reprise.benchmarks.lab.ProjectFolder;
import dev.reprise.benchmarks.lab.Results;
import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.lab.WindowOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./reprise bench dbos}: the embedded engine and DBOS on PostgreSQL by turns. */
@CommandLine.Command(
        name = "reprise bench dbos",
        sortOptions = false,
        description =
                "Measures the embedded engine beside DBOS on PostgreSQL, each in the caller's process, with the same"
                        + " flows. Needs PostgreSQL's programs (Debian: apt-get install postgresql).")
@SuppressWarnings({"FieldCanBeFinal", "SystemOut"}) // picocli fills the fields; tables are what the user wants to see
public final class DbosBenchmark implements Callable<Integer> {
    @Mixin
    private final WindowOptions windows = new WindowOptions(2);

    @Option(names = "--cs", split = ",", description = "How many threads run flows at once. Default: 1,16,128.")
    private List<Integer> concurrencies = List.of(1, 16, 128);

    @Option(
            names = "--out",
            description = "The folder for results, logs, and data: its disk is measured. Default: ${DEFAULT-VALUE}.")
    private Path out = ProjectFolder.root().resolve(".reprise/bench-dbos");

    DbosBenchmark() {}

    /** Exit code 0: measured; 1: could not; 2: wrong flags. */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return BenchmarkCommand.execute(new DbosBenchmark(), "./reprise bench dbos", args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        windows.check();
        concurrencies.forEach(each -> require(each >= 1, "--cs of at least 1", each));
        Path folder = out.toAbsolutePath();
        Files.createDirectories(folder);
        Results results = new Results(folder);
        PeerModule peers = new PeerModule(ProjectFolder.root());
        String peersClassPath = peers.classPath();
        for (int round = 1; round <= windows.rounds(); round++) {
            embedded(folder, results, round);
            dbos(folder, peersClassPath, results, round);
        }
        System.out.print(results.report());
        return 0;
    }

    private void embedded(Path folder, Results results, int round) throws IOException, InterruptedException {
        Path data = folder.resolve("data/embedded-" + ProcessHandle.current().pid());
        FlowPlan plan = new FlowPlan(data.toString(), "", 0, concurrencies, windows.warmupSeconds(), windows.seconds());
        Command command = JavaProgram.command(EmbeddedFlows.class.getName(), JavaProgram.classPath(), Json.write(plan));
        add(results, "embedded", round, Child.run(command, folder, folder.resolve("embedded.log")));
        Folders.delete(data);
    }

    private void dbos(Path folder, String classPath, Results results, int round)
            throws IOException, InterruptedException {
        Path data = folder.resolve("data/postgresql-" + ProcessHandle.current().pid());
        PostgreSql postgreSql = PostgreSql.start(data, folder);
        FlowPlan plan = new FlowPlan(
                "", postgreSql.url(), postgreSql.pid(), concurrencies, windows.warmupSeconds(), windows.seconds());
        Command command = JavaProgram.command("dev.reprise.peers.dbos.DbosFlows", classPath, Json.write(plan));
        add(results, "dbos", round, Child.run(command, folder, folder.resolve("dbos.log")));
        postgreSql.remove();
    }

    private static void add(Results results, String side, int round, String printed) {
        List<String> lines =
                printed.lines().filter(line -> line.startsWith("{")).toList();
        for (String line : lines) {
            FlowResult result = Json.read(line, FlowResult.class);
            String work = result.flow() + " C=" + result.threads();
            results.add(new Row("embedded beside DBOS", work, side, round, values(result)));
            System.err.println("round " + round + ", " + side + ", " + work + ": "
                    + Math.round(result.ended() / result.seconds()) + "/s");
        }
    }

    private static Map<String, Double> values(FlowResult result) {
        double ended = Math.max(1, result.ended());
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("per_s", result.ended() / result.seconds());
        values.put("steps_per_s", result.ended() * result.steps() / result.seconds());
        values.put("p50_ms", result.p50Millis());
        values.put("p50_step_ms", result.p50Millis() / result.steps());
        values.put("p99_ms", result.p99Millis());
        values.put("cpu_ms", result.cpuMillis() / ended);
        values.put("disk_kib", result.diskBytes() / 1024.0 / ended);
        values.put("others_pct", 100 * result.othersShare());
        values.put("failures", (double) result.failures());
        return values;
    }
}
