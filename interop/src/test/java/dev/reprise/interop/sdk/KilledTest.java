package dev.reprise.interop.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.Eventually;
import dev.reprise.interop.harness.Json;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.interop.harness.ServicesProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL of the services and of the server while invocations of our SDK are under way. */
final class KilledTest {
    private static final int INVOCATIONS = 60;
    private static final int KILLS = 5;
    private static final String PLAN = Json.write(Map.of(
            "all",
            List.of(
                    Map.of("value", "a"),
                    Map.of("sleep", 80),
                    Map.of("call", "Ada"),
                    Map.of("race", List.of(Map.of("never", true), Map.of("sleep", 40))))));
    private static final String ADD_ONE =
            Json.write(Map.of("service", "Cell", "key", "sum", "method", "add", "parameter", 1));

    @ParameterizedTest
    @EnumSource
    void eitherSide_killedAtRandom_everythingAcceptedEndsRightAndOnce(ServerKind kind) {
        long seed = new Random().nextLong();
        Server server = Server.start(kind);
        ServicesProcess services = ServicesProcess.ofOurSdk();
        server.register(services.address(), false);
        Random random = new Random(seed);
        for (int i = 0; i < INVOCATIONS; i++) {
            submit(server, "combine", PLAN, i);
            submit(server, "send", ADD_ONE, i);
            if (random.nextInt(INVOCATIONS) < KILLS) {
                killOne(random, server, services);
            }
        }
        killOne(random, server, services);
        checkOutcomes(server, seed);
        server.kill();
        services.kill();
    }

    private static void killOne(Random random, Server server, ServicesProcess services) {
        if (random.nextBoolean()) {
            server.kill();
            server.start();
        } else {
            services.kill();
            services.start();
        }
    }

    private static void submit(Server server, String handler, String body, int number) {
        accepted(server, "/OpsRepriseKilled/" + handler + "/send", body, "key-" + number);
    }

    /** Asks until the server takes it; the idempotency key makes that safe. */
    private static Answer accepted(Server server, String path, String body, String idempotencyKey) {
        return Eventually.get(
                path + " to be accepted",
                () -> {
                    try {
                        return Optional.of(server.ask(path, body, Map.of("idempotency-key", idempotencyKey)))
                                .filter(answer -> answer.status() == 200 || answer.status() == 202);
                    } catch (IOException _) {
                        return Optional.empty(); // it is not there yet
                    }
                },
                () -> unfinished(server));
    }

    private static String unfinished(Server server) {
        return server.query("SELECT id, target, status, last_failure FROM sys_invocation WHERE status <> 'completed'")
                + "\n" + server.describe();
    }

    private static void checkOutcomes(Server server, long seed) {
        for (int i = 0; i < INVOCATIONS; i++) {
            assertThat(accepted(server, "/OpsRepriseKilled/combine", PLAN, "key-" + i)
                            .body())
                    .as("invocation %d, seed %d", i, seed)
                    .isEqualTo("[\"a\",\"slept\",\"Hello Ada\",\"slept\"]");
        }
        Eventually.until(
                "every sum to be added once, seed " + seed,
                () -> server.call("/CellRepriseKilled/sum/get", "count").body().equals("" + INVOCATIONS),
                () -> server.call("/CellRepriseKilled/sum/get", "count").body() + "\n" + unfinished(server));
    }
}
