package dev.reprise.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.Eventually;
import dev.reprise.interop.harness.Parallel;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Branches, scopes and what is made of them, on the original server and on ours with each version of the protocol,
 * suspended whenever they wait: one outcome and the same entries in the journal. Which of several branches comes first
 * is nobody's to say, so entries are compared in any order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FlowsTest {
    private static final Duration MOMENT = Duration.ofMillis(5);
    private static final Duration HOUR = Duration.ofHours(1);

    /** What a handler does. */
    private interface Flow {
        String run(Context ctx, String service) throws Exception;
    }

    private static final Map<String, Flow> FLOWS = new TreeMap<>(Map.ofEntries(
            Map.entry("scope", FlowsTest::scope),
            Map.entry("firstSuccess", FlowsTest::firstSuccess),
            Map.entry("partial", FlowsTest::partial),
            Map.entry("losers", FlowsTest::losers),
            Map.entry("cancelledCall", FlowsTest::cancelledCall),
            Map.entry("cancelledBranch", FlowsTest::cancelledBranch),
            Map.entry("forgotten", FlowsTest::forgotten),
            Map.entry("map", FlowsTest::map),
            Map.entry("hedge", FlowsTest::hedge),
            Map.entry("retry", FlowsTest::retry),
            Map.entry("saga", FlowsTest::saga),
            Map.entry("quorum", FlowsTest::quorum),
            Map.entry("parked", FlowsTest::parked)));

    private final Map<ServerKind, Server> servers = Parallel.forAll(List.of(ServerKind.values()), Server::start);
    private final List<EndpointServer> endpoints = new ArrayList<>();

    /** What came of a flow. */
    private record Outcome(String answer, List<String> entries) {}

    @BeforeAll
    void register() throws IOException {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            EndpointServer endpoint =
                    Endpoint.bind(service(version)).protocolMax(version).listen(0);
            endpoints.add(endpoint);
            for (Server server : servers.values()) {
                server.register(URI.create("http://127.0.0.1:" + endpoint.port()), false);
            }
        }
    }

    @AfterAll
    void stop() {
        servers.values().forEach(Server::kill);
        endpoints.forEach(EndpointServer::close);
    }

    private static ServiceDefinition service(ProtocolVersion version) {
        String name = name(version);
        ServiceBuilder.OfService service = ServiceDefinition.service(name);
        FLOWS.forEach(
                (flow, code) -> service.handler(flow, String.class, String.class, (ctx, _) -> code.run(ctx, name)));
        service.handler(
                "never",
                String.class,
                String.class,
                (ctx, _) -> ctx.awakeable(String.class).await());
        return service.build()
                .withOptions(HandlerOptions.builder()
                        .inactivityTimeout(Duration.ZERO)
                        .build());
    }

    private static String name(ProtocolVersion version) {
        return "Flows" + version;
    }

    static Set<String> flows() {
        return FLOWS.keySet();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void flow_onEitherServerWithEachVersion_hasOneOutcomeAndJournal(String flow) {
        Outcome wanted = play(ServerKind.ORIGINAL, ProtocolVersion.V5, flow);
        assertThat(wanted.answer()).startsWith("200 ");
        for (ProtocolVersion version : ProtocolVersion.values()) {
            for (ServerKind kind : ServerKind.values()) {
                assertThat(play(kind, version, flow))
                        .as("%s, %s", kind, version)
                        .isEqualTo(wanted);
            }
        }
    }

    private Outcome play(ServerKind kind, ProtocolVersion version, String flow) {
        Server server = Objects.requireNonNull(servers.get(kind));
        Answer answer = server.call("/" + name(version) + "/" + flow, "go");
        String id = answer.invocationId();
        String row = "SELECT status FROM sys_invocation WHERE id = '" + id + "'";
        Eventually.until(
                flow + " to be completed",
                () -> server.query(row).path(0).path("status").asText().equals("completed"),
                () -> server.query(row).toString());
        List<String> entries = new ArrayList<>();
        for (JsonNode entry : server.query("SELECT entry_type, name FROM sys_journal WHERE id = '" + id + "'")) {
            entries.add(
                    entry.path("entry_type").asText() + " " + entry.path("name").asText());
        }
        entries.sort(null);
        return new Outcome(answer.status() + " " + answer.body(), entries);
    }

    // -- what the handlers do

    private static String step(Context ctx, String name) {
        return ctx.run(name, String.class, () -> name);
    }

    private static String never(Context ctx) {
        return ctx.signal("never", String.class).await();
    }

    private static String cleaning(Context ctx, String name) {
        try {
            return never(ctx);
        } finally {
            ctx.run(name, () -> {});
        }
    }

    private static String scope(Context ctx, String service) {
        try (var scope = ctx.scope(Joiner.<String>allSuccessfulOrThrow())) {
            scope.fork("a", c -> step(c, "a1") + step(c, "a2"));
            scope.fork("b", c -> {
                c.sleep(MOMENT);
                return step(c, "b1");
            });
            return String.join(",", scope.join());
        }
    }

    private static String firstSuccess(Context ctx, String service) {
        try (var scope = ctx.scope(Joiner.<String>anySuccessfulOrThrow())) {
            scope.fork("slow", c -> cleaning(c, "clean"));
            scope.fork("fast", c -> step(c, "fast"));
            return scope.join();
        }
    }

    private static String partial(Context ctx, String service) {
        try (var scope = ctx.scope(Joiner.<String>allUntil(_ -> false)).withTimeout(Duration.ofMillis(300))) {
            scope.fork("slow", c -> cleaning(c, "clean"));
            scope.fork("fast", c -> step(c, "fast"));
            return scope.join().stream().map(Branch::state).toList().toString();
        }
    }

    private static String losers(Context ctx, String service) {
        RestatePromise<String> call = ctx.call(Target.service(service, "never"), "x", String.class);
        ctx.run("let the call begin", () -> {});
        String won = RestatePromise.race(call, ctx.runAsync("fast", String.class, () -> "fast"))
                .cancelLosers()
                .await();
        try {
            return call.await();
        } catch (PromiseCancelledException e) {
            return won + " and the call cancelled";
        }
    }

    private static String cancelledCall(Context ctx, String service) {
        var call = ctx.call(Target.service(service, "never"), "x", String.class);
        call.cancel();
        RestatePromise<String> ended = call.invocation().attach(String.class);
        try {
            return ended.await();
        } catch (TerminalException e) {
            return "ended with " + e.code();
        }
    }

    private static String cancelledBranch(Context ctx, String service) {
        Branch<String> branch = ctx.fork("branch", c -> {
            Branch<String> child = c.fork("child", d -> cleaning(d, "child out"));
            try {
                return child.await();
            } finally {
                c.run("branch out", () -> {});
            }
        });
        ctx.sleep(MOMENT);
        branch.cancel();
        return branch.state().toString();
    }

    private static String forgotten(Context ctx, String service) {
        RestatePromise<String> _ = ctx.runAsync("dropped", String.class, () -> "dropped");
        RestatePromise<String> _ = ctx.fork("forgotten", c -> step(c, "f1") + step(c, "f2"));
        return "done";
    }

    private static String map(Context ctx, String service) {
        return ctx.mapConcurrent(
                        List.of(1, 2, 3, 4, 5), 2, (c, item) -> c.run("item " + item, Integer.class, () -> item * 2))
                .toString();
    }

    private static String hedge(Context ctx, String service) {
        int[] copies = {0};
        return ctx.hedge("quote", MOMENT, 2, c -> copies[0]++ == 0 ? never(c) : step(c, "second"));
    }

    private static String retry(Context ctx, String service) {
        int[] tries = {0};
        return ctx.retry("checkout", RetryPolicy.fixed(MOMENT).withMaxAttempts(3), c -> {
            int mine = ++tries[0];
            step(c, "reserve " + mine);
            if (mine < 3) {
                throw new TerminalException("not yet");
            }
            return step(c, "pay");
        });
    }

    private static String saga(Context ctx, String service) throws Exception {
        try {
            return ctx.saga(saga -> {
                saga.step("flight", () -> {}, () -> {});
                saga.step("hotel", String.class, () -> "hotel", () -> {});
                throw new TerminalException("no car");
            });
        } catch (TerminalException e) {
            return "undone";
        }
    }

    private static String quorum(Context ctx, String service) {
        var quorum = RestatePromise.majority(List.of(
                        ctx.runAsync("a", String.class, () -> "v"),
                        ctx.signal("never", String.class),
                        ctx.runAsync("b", String.class, () -> "v")))
                .await();
        return quorum.values() + " " + quorum.pending().size();
    }

    private static String parked(Context ctx, String service) {
        try (var scope = ctx.scope(Joiner.<Integer>allSuccessfulOrThrow())) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                scope.fork("branch " + i, c -> {
                    c.sleep(Duration.ofMillis(200));
                    return number;
                });
            }
            return scope.join().size() + (ctx.timer(HOUR).isSettled() ? "" : " in time");
        }
    }
}
