package dev.reprise.benchmarks.service;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;

/**
 * A process that is registered like any other and then stopped by the benchmark, so that it answers nothing any more.
 */
public final class HangingService {
    private HangingService() {}

    /** Serves until it is stopped. */
    public static void main(String[] args) throws IOException, InterruptedException {
        ServiceDefinition service = ServiceDefinition.service("Hanging")
                .handler("hang", Long.class, Long.class, (_, input) -> input)
                .build();
        try (EndpointServer server = Endpoint.bind(service).listen(BenchService.port("PORT"))) {
            new Counters().serve(BenchService.port("COUNTERS_PORT"));
            server.join();
        }
    }
}
