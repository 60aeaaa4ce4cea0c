package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.Child;
import dev.reprise.benchmarks.lab.Command;
import dev.reprise.benchmarks.lab.Json;
import dev.reprise.benchmarks.lab.Ports;
import dev.reprise.benchmarks.lab.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** A process with the measured handlers. */
final class Service {
    private static final Duration START_MAX = Duration.ofSeconds(30);

    private final Child child;
    private final URI address;
    private final URI counters;

    private Service(Child child, URI address, URI counters) {
        this.child = child;
        this.address = address;
        this.counters = counters;
    }

    /** What really ran, counted outside of any journal. */
    record Stats(long runs, long reruns, long violations, long parked, long completed) {}

    /** Starts it and waits until it listens. */
    static Service start(String name, Command command, Path logs) throws InterruptedException {
        int port = Ports.free();
        int countersPort = Ports.free();
        Map<String, String> variables =
                Map.of("PORT", Integer.toString(port), "COUNTERS_PORT", Integer.toString(countersPort));
        Child child = Child.start(command, variables, logs, logs.resolve("service-" + name + ".log"));
        Service service = new Service(child, local(port), local(countersPort));
        Waiting.until("service " + name + ", " + child.describe(), START_MAX, () -> {
            child.requireAlive();
            return service.stats().runs() == 0;
        });
        return service;
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    long pid() {
        return child.pid();
    }

    URI address() {
        return address;
    }

    Stats stats() throws IOException, InterruptedException {
        return Json.read(Http.get(counters.resolve("/stats")).body(), Stats.class);
    }

    void resetStats() throws IOException, InterruptedException {
        Http.get(counters.resolve("/reset"));
    }

    /** When each closure of the long journal with this seed started, in microseconds. */
    long[] startMicros(long seed) throws IOException, InterruptedException {
        long[] times =
                Json.read(Http.get(counters.resolve("/times?seed=" + seed)).body(), long[].class);
        Arrays.sort(times);
        return times;
    }

    void freeze() throws InterruptedException {
        child.freeze();
    }

    void kill() {
        child.kill();
    }
}
