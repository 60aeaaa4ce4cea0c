package dev.reprise.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.endpoint.replay.ReplayCheck;
import dev.reprise.interop.harness.Eventually;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.VirtualObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New code against the journals of either server. */
final class ReplayCheckTest {
    private static final StateKey<String> OWNER = StateKey.of("owner", String.class);
    private static final int ENTRIES = 12;

    /** What is deployed: most kinds of commands, with results in another order than they were asked for, and chance. */
    @VirtualObject
    @Name("Tickets")
    public static final class Deployed {
        @Handler
        public String sell(ObjectContext ctx, String name) {
            String owner = ctx.get(OWNER).orElse("nobody");
            ctx.set(OWNER, name);
            ctx.run("ticket " + ctx.uuid(), () -> {});
            RestatePromise<?> late = ctx.timer("late", Duration.ofMillis(300));
            RestatePromise<?> early = ctx.timer("early", Duration.ofMillis(1));
            RestatePromise<String> checked =
                    ctx.object(Deployed.class, name + "'s friend").call(Deployed::check, owner);
            RestatePromise.all(late, early, checked).await();
            return ctx.awakeable(String.class).await();
        }

        @Handler
        public String check(ObjectContext ctx, String name) {
            return name;
        }
    }

    /** Code of the next version, whose draws are others. */
    @VirtualObject
    @Name("Tickets")
    public static final class Redrawn {
        @Handler
        public String sell(ObjectContext ctx, String name) {
            ctx.uuid();
            return new Deployed().sell(ctx, name);
        }
    }

    /** What the check is given. */
    public static final class Versions {
        private Versions() {}

        /** The services of one version. */
        public static final class Same {
            private Same() {}

            public static List<Object> services() {
                return List.of(new Deployed());
            }
        }

        /** The services of the next version. */
        public static final class Next {
            private Next() {}

            public static List<Object> services() {
                return List.of(new Redrawn());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingInvocation_repeatsItsJournal_andDivergesWithOtherDraws(ServerKind kind) throws InterruptedException {
        Server server = Server.start(kind);
        try (EndpointServer endpoint = Endpoint.bind(new Deployed()).listen(0)) {
            server.register(URI.create("http://localhost:" + endpoint.port()), false);
            String id = server.call("/Tickets/ada/sell/send", "Ada").invocationId();
            String entries = "SELECT index, entry_type, name FROM sys_journal WHERE id = '" + id + "'";
            Eventually.get(
                    "the invocation to wait for its awakeable",
                    () -> Optional.of(server.query(entries)).filter(rows -> rows.size() == ENTRIES),
                    () -> server.query(entries).toPrettyString());

            assertThat(check(server, Versions.Same.class)).isEqualTo("1 replayed: 1 fine, 0 diverging, 0 unknown\n0");
            assertThat(check(server, Versions.Next.class))
                    .contains(
                            "diverges: Tickets/ada/sell " + id,
                            "recorded: run (name 'ticket ",
                            "(ReplayCheckTest.java:")
                    .endsWith("1 replayed: 0 fine, 1 diverging, 0 unknown\n1");
        } finally {
            server.kill();
        }
    }

    /** What it said, and the exit code. */
    private static String check(Server server, Class<?> version) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        var said = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] arguments = {
            "--admin", server.admin().toString(), "--classpath", ".", "--main", version.getName(),
        };
        int exitCode = ReplayCheck.run(arguments, said, said);
        return out.toString(StandardCharsets.UTF_8) + exitCode;
    }
}
