package dev.reprise.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.interop.harness.Eventually;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** SIGKILL of our server while a handler has 200 branches: what a branch has seen recorded never runs again. */
final class BranchesKilledTest {
    private static final int BRANCHES = 200;
    /** After so many recorded steps of the 400. */
    private static final List<Integer> KILLS = List.of(50, 230, 320);

    private static final Duration BETWEEN_BRANCHES = Duration.ofMillis(10);

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Queue<String> repeated = new ConcurrentLinkedQueue<>();

    @Test
    void branches_whoseServerIsKilled_repeatNothingTheyHaveSeen() throws IOException {
        Server server = Server.start(ServerKind.REPRISE);
        try (EndpointServer endpoint = Endpoint.bind(service()).listen(0)) {
            server.register(URI.create("http://127.0.0.1:" + endpoint.port()), false);
            String id = server.call("/Killed/fork/send", BRANCHES).invocationId();
            for (int steps : KILLS) {
                Eventually.until(steps + " steps to be recorded", () -> seen.size() >= steps, server::describe);
                server.kill();
                server.start();
            }
            server.attach(id).expect(200, "" + BRANCHES);
        } finally {
            server.kill();
        }
        assertThat(seen).hasSize(2 * BRANCHES);
        assertThat(repeated).isEmpty();
    }

    private ServiceDefinition service() {
        return ServiceDefinition.service("Killed")
                .handler("fork", Integer.class, Integer.class, (ctx, branches) -> {
                    try (var scope = ctx.scope(Joiner.<Integer>allSuccessfulOrThrow())) {
                        for (int i = 0; i < branches; i++) {
                            int number = i;
                            scope.fork("branch " + i, c -> {
                                step(c, "first " + number);
                                c.sleep(BETWEEN_BRANCHES.multipliedBy(number));
                                step(c, "second " + number);
                                return number;
                            });
                        }
                        return scope.join().size();
                    }
                })
                .build();
    }

    private void step(Context ctx, String name) {
        ctx.run(name, () -> {
            if (seen.contains(name)) {
                repeated.add(name);
            }
        });
        seen.add(name);
    }
}
