package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import dev.reprise.benchmarks.lab.JavaProgram;
import dev.reprise.benchmarks.lab.Json;
import dev.reprise.benchmarks.lab.Results;
import dev.reprise.benchmarks.lab.Row;
import dev.reprise.benchmarks.lab.Tables;
import dev.reprise.benchmarks.load.LoadGenerator;
import dev.reprise.benchmarks.load.LoadPlan;
import dev.reprise.benchmarks.load.LoadResult;
import dev.reprise.benchmarks.load.Work;
import dev.reprise.benchmarks.machine.MachineUsage;
import dev.reprise.benchmarks.machine.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts what is measured and puts load on it. Service processes live as long as the lab and are shared by the sides
 * that name them. Used by one thread.
 */
final class Lab implements AutoCloseable {
    private static final List<String> GENERATOR_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms256m", "-cp");
    private static final int ATTEMPTS_MAX = 7;
    private static final double CALM_SHARE = 0.08;
    private static final int CALM_SECONDS = 2;
    private static final int PREWARM_CONNECTIONS = 16;
    private static final List<Work> PREWARM = List.of(
            Work.of("noop", 0),
            Work.of("add", 0),
            Work.of("steps", 10),
            Work.of("parallel", 10),
            Work.of("fanout", 10),
            Work.of("race", 0));

    private final Settings settings;
    private final Commands commands;
    private final Consumer<String> progress;
    private final Results results;
    private final Map<String, Service> services = new HashMap<>();
    private int started;
    private long generatorCpuMillis;

    Lab(Settings settings, Commands commands, Consumer<String> progress) throws IOException {
        this.settings = settings;
        this.commands = commands;
        this.progress = progress;
        Files.createDirectories(settings.out());
        results = new Results(settings.out());
    }

    /** A server with a service behind it. */
    record Pair(Server server, Service service) {
        Map<String, Long> pids() {
            return Map.of(Values.SERVER, server.pid(), Values.SERVICE, service.pid());
        }

        ProcessUsage serverUsage() {
            return ProcessUsage.of(server.pid());
        }

        ProcessUsage serviceUsage() {
            return ProcessUsage.of(service.pid());
        }
    }

    Settings settings() {
        return settings;
    }

    /** A server on an empty folder with the side's service registered, warm. */
    Pair start(Side side) throws IOException, InterruptedException {
        Service service = service(side.service());
        Server server = server(side.server());
        server.start();
        server.register(service);
        server.awaitServing();
        service.resetStats();
        Pair pair = new Pair(server, service);
        for (Work work : PREWARM) {
            load(pair, LoadPlan.timed(server.ingressPort(), work, PREWARM_CONNECTIONS, 0, settings.prewarmSeconds()));
        }
        return pair;
    }

    private Server server(String name) throws InterruptedException {
        started++;
        Path folder = settings.out()
                .resolve("data/" + name + "-" + ProcessHandle.current().pid() + "-" + started);
        return new Server(name, commands.server(name), folder, settings.out().resolve("server-" + name + ".log"));
    }

    private Service service(String name) throws InterruptedException {
        Service known = services.get(name);
        if (known != null) {
            return known;
        }
        Service service = Service.start(name, commands.service(name), settings.out());
        services.put(name, service);
        return service;
    }

    /** A service of its own that can be stopped. */
    Service startHangingService() throws InterruptedException {
        return Service.start("hanging", Commands.hangingService(), settings.out());
    }

    /** Puts load on a pair, in a process of its own. */
    LoadResult load(Pair pair, LoadPlan plan) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of(JavaProgram.java()));
        words.addAll(GENERATOR_FLAGS);
        words.add(JavaProgram.classPath());
        words.add(LoadGenerator.class.getName());
        words.add(Json.write(plan.watching(pair.pids())));
        Path out = settings.out();
        String printed = Child.run(new Command(words, Map.of()), out, out.resolve("load.log"));
        LoadResult result = Json.read(printed.lines().toList().getLast(), LoadResult.class);
        generatorCpuMillis += result.ownCpuMillis();
        return result;
    }

    /** A window of load on a quiet machine; measured again when others took too much of it. */
    LoadResult measure(Pair pair, Work work, int connections) throws InterruptedException {
        LoadPlan plan = LoadPlan.timed(
                pair.server().ingressPort(), work, connections, settings.warmupSeconds(), settings.seconds());
        for (int attempt = 1; ; attempt++) {
            awaitQuiet();
            LoadResult result = load(pair, plan);
            if (result.othersShare() <= settings.othersMax() || attempt == ATTEMPTS_MAX) {
                return result;
            }
            say(Math.round(100 * result.othersShare()) + " % of the machine went to others, again");
        }
    }

    /** Waits until the machine has had nothing to do for two seconds, or patience ends. */
    void awaitQuiet() throws InterruptedException {
        long end = System.nanoTime() + settings.patience().toNanos();
        int calm = 0;
        while (calm < CALM_SECONDS && System.nanoTime() < end) {
            MachineUsage before = MachineUsage.now();
            Thread.sleep(Duration.ofSeconds(1));
            calm = MachineUsage.now().since(before).othersShare(0) < CALM_SHARE ? calm + 1 : 0;
        }
    }

    /** Watches what others take while this pair is at work. */
    CpuWatch watch(Pair pair) {
        return new CpuWatch(() -> generatorCpuMillis
                + ProcessUsage.of(ProcessHandle.current().pid()).cpuMillis()
                + pair.serverUsage().cpuMillis()
                + pair.serviceUsage().cpuMillis());
    }

    /** Keeps what was found. */
    void add(Row row) {
        results.add(row);
        say("round " + row.round() + ", " + row.measurement() + ", " + row.side() + ", " + row.work() + ": "
                + brief(row.values()));
    }

    private static String brief(Map<String, Double> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(name).append(' ').append(Tables.number(value)).append("  "));
        return text.toString().strip();
    }

    void say(String text) {
        progress.accept(text);
    }

    @Override
    public void close() {
        for (Service service : services.values()) {
            service.kill();
        }
    }
}
