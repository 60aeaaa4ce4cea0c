package dev.reprise.benchmarks.service;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import java.io.IOException;

/** The process with the measured handlers: {@code PORT} for the server, {@code COUNTERS_PORT} for the benchmark. */
public final class BenchService {
    private BenchService() {}

    /** Serves until it is ended. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Counters counters = new Counters();
        Handlers handlers = new Handlers(counters);
        try (EndpointServer server =
                Endpoint.bind(handlers.service()).bind(handlers.object()).listen(port("PORT"))) {
            counters.serve(port("COUNTERS_PORT"));
            server.join();
        }
    }

    /** The port that the variable names. */
    public static int port(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException("Expected a port in the variable " + variable + ", found none.");
        }
        return Integer.parseInt(value);
    }
}
