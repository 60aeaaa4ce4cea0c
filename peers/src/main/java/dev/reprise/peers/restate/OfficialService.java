package dev.reprise.peers.restate;

import dev.reprise.benchmarks.service.BenchService;
import dev.reprise.benchmarks.service.Counters;
import dev.restate.sdk.endpoint.Endpoint;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import java.io.IOException;

/** The process: {@code PORT} for the server, {@code COUNTERS_PORT} for the benchmark. */
public final class OfficialService {
    private OfficialService() {}

    /** Serves until it is ended. */
    public static void main(String[] args) throws IOException {
        Counters counters = new Counters();
        Handlers handlers = new Handlers(counters);
        RestateHttpServer.listen(
                Endpoint.builder()
                        .bind(handlers.service())
                        .bind(handlers.object())
                        .build(),
                BenchService.port("PORT"));
        counters.serve(BenchService.port("COUNTERS_PORT"));
    }
}
