package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a closure, a function or a handler throws ends what it was thrown in, through an endpoint on a real server.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("process")
class ThrownInProcessesTest {
    private static final int ATTEMPTS = 3;
    private static final int HUGE = 40 << 20;
    private static final int SHOWN_MAX = 100_000;

    @TempDir
    private Path folder;

    private final Map<String, Integer> executions = new ConcurrentHashMap<>();
    private EndpointServer service;
    private ChildProcess server;

    /** What may be thrown. */
    enum Thrown {
        NEITHER_EXCEPTION_NOR_ERROR,
        ERROR,
        MESSAGE_THAT_THROWS,
        HUGE_MESSAGE;

        Throwable made() {
            return switch (this) {
                case NEITHER_EXCEPTION_NOR_ERROR -> new Odd();
                case ERROR -> new StackOverflowError("deep");
                case MESSAGE_THAT_THROWS -> new Silent();
                case HUGE_MESSAGE -> new IllegalStateException("x".repeat(HUGE));
            };
        }
    }

    private static final class Odd extends Throwable {
        private static final long serialVersionUID = 1L;

        Odd() {
            super("odd");
        }
    }

    private static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @BeforeEach
    void start() throws IOException {
        service = Endpoint.bind(ServiceDefinition.service("Throws")
                        .handler("run", Thrown.class, String.class, this::run)
                        .handler(
                                "map",
                                Thrown.class,
                                String.class,
                                (ctx, thrown) -> ctx.runAsync("step", () -> {})
                                        .map(done -> raise("map", thrown))
                                        .await())
                        .handler("handler", Thrown.class, String.class, (ctx, thrown) -> raise("handler", thrown))
                        .build())
                .listen(0);
        server = ChildProcess.configuredServer(folder, """
                [default-retry-policy]
                initial-interval = "10ms"
                max-attempts = %d
                on-max-attempts = "kill"
                """.formatted(ATTEMPTS));
        String deployment = "{\"uri\":\"http://127.0.0.1:" + service.port() + "\"}";
        assertThat(server.post("admin API", "/deployments", deployment).statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
    }

    private String run(Context ctx, Thrown thrown) {
        RunOptions options = RunOptions.named("step")
                .withRetryPolicy(RetryPolicy.fixed(Duration.ofMillis(10)).withMaxAttempts(ATTEMPTS));
        return ctx.run(options, String.class, () -> raise("run", thrown));
    }

    private String raise(String where, Thrown thrown) {
        executions.merge(where, 1, Integer::sum);
        return ThrownInProcessesTest.<RuntimeException>sneaky(thrown.made());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler takes E for something unchecked
    private static <E extends Throwable> String sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsThrown_endsWhatItWasThrownIn(Thrown thrown) {
        for (String where : new String[] {"run", "map", "handler"}) {
            HttpResponse<String> answer = server.post("ingress", "/Throws/" + where, "\"" + thrown + "\"");

            assertThat(answer.statusCode()).as("%s: %s", where, shown(answer)).isEqualTo(500);
            assertThat(answer.body().length()).as(where).isLessThan(SHOWN_MAX);
            assertThat(executions.get(where))
                    .as("executions of %s: %s", where, shown(answer))
                    .isEqualTo(ATTEMPTS);
        }
        assertThat(server.output().length()).isLessThan(10 * SHOWN_MAX);
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.body().substring(0, Math.min(500, answer.body().length()));
    }
}
