package dev.reprise.benchmarks.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What really happened in this process, outside of any journal, served over HTTP: {@code /stats}, {@code /reset}, and
 * {@code /times?seed=}. Any thread.
 */
public final class Counters {
    private static final int STEPS_MAX = 100;
    private static final int NANOS_PER_MICRO = 1_000;

    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong reruns = new AtomicLong();
    private final AtomicLong violations = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();
    private final Set<Long> executed = ConcurrentHashMap.newKeySet();
    private final Set<Long> recorded = ConcurrentHashMap.newKeySet();
    private final Set<Long> completed = ConcurrentHashMap.newKeySet();
    private final Map<Long, List<Long>> startMicros = new ConcurrentHashMap<>();

    /** The closure of a step runs. Running one again is allowed as long as the handler was not given its result. */
    public long execute(long seed, int step) {
        runs.incrementAndGet();
        if (!executed.add(key(seed, step))) {
            reruns.incrementAndGet();
        }
        if (recorded.contains(key(seed, step))) {
            violations.incrementAndGet();
        }
        return seed + step;
    }

    /** The handler was given the recorded result of a step. */
    public void recorded(long seed, int step) {
        recorded.add(key(seed, step));
    }

    /** The handler has come to its end. */
    public void completed(long seed) {
        completed.add(seed);
    }

    /** The handler waits from now on. */
    public void parked() {
        parked.incrementAndGet();
    }

    /** A step of a long journal starts. */
    public void started(long seed) {
        List<Long> times = startMicros.computeIfAbsent(seed, _ -> new ArrayList<>());
        synchronized (times) {
            times.add(System.nanoTime() / NANOS_PER_MICRO);
        }
    }

    private static long key(long seed, int step) {
        return seed * STEPS_MAX + step;
    }

    /** Serves the counters on the loopback interface until the process ends. */
    public void serve(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String answer = switch (exchange.getRequestURI().getPath()) {
                case "/reset" -> reset();
                case "/times" -> times(exchange.getRequestURI().getQuery());
                default -> stats();
            };
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String reset() {
        List.of(runs, reruns, violations, parked).forEach(number -> number.set(0));
        List.of(executed, recorded, completed).forEach(Set::clear);
        startMicros.clear();
        return "{}";
    }

    private String times(String query) {
        List<Long> times = startMicros.getOrDefault(Long.parseLong(query.substring("seed=".length())), List.of());
        synchronized (times) {
            return times.toString();
        }
    }

    private String stats() {
        return "{\"runs\":" + runs + ",\"reruns\":" + reruns + ",\"violations\":" + violations + ",\"parked\":" + parked
                + ",\"completed\":" + completed.size() + "}";
    }
}
