package dev.reprise.interop.corpus;

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
import dev.restate.sdk.http.vertx.HttpEndpointRequestHandler;
import dev.restate.sdk.http.vertx.RestateHttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same program with either SDK on either server: the same outcome, and the same journal as SQL tells it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CorpusTest {
    private final Map<ServerKind, Server> servers = Parallel.forAll(List.of(ServerKind.values()), Server::start);
    private final EndpointServer ours;

    /** Commands in their order, completions and signals in any: what is in flight at once ends in any order. */
    private record Journal(String status, String answer, List<String> commands, List<String> notifications) {}

    CorpusTest() throws IOException {
        // As far as the official SDK goes, so that both see the same messages.
        ours = Endpoint.bind(RepriseTasks.service())
                .protocolMax(ProtocolVersion.V6)
                .listen(0);
    }

    @BeforeAll
    void register() {
        var endpoint = dev.restate.sdk.endpoint.Endpoint.bind(OfficialTasks.service());
        int official = RestateHttpServer.listen(HttpEndpointRequestHandler.fromEndpoint(endpoint.build()), 0);
        for (Server server : servers.values()) {
            server.register(URI.create("http://127.0.0.1:" + ours.port()), false);
            server.register(URI.create("http://127.0.0.1:" + official), false);
        }
    }

    @AfterAll
    void stop() {
        servers.values().forEach(Server::kill);
        ours.close();
    }

    static Set<String> programs() {
        return Corpus.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_withEitherSdkOnEitherServer_hasOneOutcomeAndJournal(String program) {
        Journal wanted = play(ServerKind.ORIGINAL, OfficialTasks.SERVICE, program);

        assertThat(wanted.commands().getFirst()).startsWith("Command: Input");
        assertThat(wanted.commands().getLast()).startsWith("Command: Output");
        assertThat(play(ServerKind.ORIGINAL, RepriseTasks.SERVICE, program))
                .as("our SDK on the original")
                .isEqualTo(wanted);
        assertThat(play(ServerKind.REPRISE, OfficialTasks.SERVICE, program))
                .as("the official SDK on our server")
                .isEqualTo(wanted);
        assertThat(play(ServerKind.REPRISE, RepriseTasks.SERVICE, program))
                .as("our SDK on our server")
                .isEqualTo(wanted);
    }

    private Journal play(ServerKind kind, String service, String program) {
        Server server = servers.get(kind);
        Answer answer = server.call("/" + service + "/" + program, "go").expect(200, "");
        String id = answer.invocationId();
        String row = "SELECT status, completion_result FROM sys_invocation WHERE id = '" + id + "'";
        Eventually.until(
                program + " to be completed",
                () -> server.query(row).path(0).path("status").asText().equals("completed"),
                () -> server.query(row).toString());

        String entries = "SELECT index, entry_type, name, completed, invoked_target FROM sys_journal WHERE id = '" + id
                + "' ORDER BY index";
        List<String> commands = new ArrayList<>();
        List<String> notifications = new ArrayList<>();
        for (JsonNode entry : server.query(entries)) {
            String shown =
                    entry.path("entry_type").asText() + " " + entry.path("name").asText() + " "
                            + entry.path("invoked_target").asText().replace(service, "Corpus");
            (shown.startsWith("Notification") ? notifications : commands).add(shown);
        }
        notifications.sort(null);
        return new Journal(
                server.query(row).path(0).path("status").asText(),
                answer.status() + " " + answer.body(),
                commands,
                notifications);
    }
}
