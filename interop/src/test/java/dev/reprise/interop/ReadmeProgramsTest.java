package dev.reprise.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.Child;
import dev.reprise.interop.harness.Cli;
import dev.reprise.interop.harness.Eventually;
import dev.reprise.interop.harness.Folders;
import dev.reprise.interop.harness.Http;
import dev.reprise.interop.harness.Ports;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.interop.harness.UserPrograms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs and requests that the README prints for the official SDKs, on our server, and the Java one with our SDK.
 * Only the ports are others.
 */
final class ReadmeProgramsTest {
    private static final Pattern PORT = Pattern.compile("\\b(8080|9070|9080)\\b");
    private static final Pattern REQUEST = Pattern.compile("curl (localhost:\\S+) --json '(.*)'");
    private static final Pattern IMPORTS = Pattern.compile("(?:import [^;]*;\n)+");
    private static final Pattern LAST_LINE = Pattern.compile("only the imports and the last\\s+line differ: `(.*?;)`");
    private static final Pattern VERSION = Pattern.compile("dev\\.restate:[\\w-]+:([\\d.]+\\d)");

    /** The official SDKs of which the README prints a service. */
    enum Language {
        TYPESCRIPT("js"),
        JAVA("java");

        private final Pattern block;

        Language(String fence) {
            this.block = Pattern.compile("```" + fence + "\n(.*?)```", Pattern.DOTALL);
        }

        Child start(String readme, int port) {
            String source = only(block, readme).group(1);
            return switch (this) {
                case TYPESCRIPT -> UserPrograms.javaScript("greeter.mjs", source);
                case JAVA -> UserPrograms.java("Greeter", source, Map.of("PORT", Integer.toString(port)));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void greeter_registeredAndCalled_answers(Language language) throws IOException {
        Server server = Server.start(ServerKind.REPRISE);
        int port = Ports.free();
        String readme = section(server, port);
        Child greeter = language.start(readme, port);
        try {
            List<MatchResult> requests = REQUEST.matcher(readme).results().toList();
            assertThat(requests).hasSize(2);

            register(requests.getFirst(), greeter);
            Cli.run(server, "deployments", "register", "http://localhost:" + port, "--force")
                    .expect("Greeter");
            post(requests.getLast()).expect(200, "\"Welcome, Ada!\"");
            assertThat(greeter.printed().lines()).containsSubsequence("an account for Ada", "a mail to Ada");
        } finally {
            greeter.kill();
            server.kill();
        }
    }

    /**
     * Whoever comes from the official SDK changes the imports and the line that serves, and nothing that a handler
     * does.
     */
    @Test
    void javaGreeter_onOurSdk_differsInImportsAndLastLineAndDoesTheSame() throws IOException {
        Server server = Server.start(ServerKind.REPRISE);
        int officialPort = Ports.free();
        int ourPort = Ports.free();
        Child official = Language.JAVA.start(section(server, officialPort), officialPort);
        Child ours = UserPrograms.java("Greeter", onOurSdk(section(server, ourPort)), Map.of());
        try {
            assertThat(greetedBy(server, ours, ourPort)).isEqualTo(greetedBy(server, official, officialPort));
        } finally {
            official.kill();
            ours.kill();
            server.kill();
        }
    }

    /** The answer, the journal and what the service printed. */
    private static List<String> greetedBy(Server server, Child greeter, int port) {
        Eventually.get(
                "the service to be registered",
                () -> {
                    greeter.requireAlive();
                    String body = "{\"uri\":\"http://localhost:" + port + "\",\"force\":true}";
                    return Optional.of(Http.send("POST", server.admin().resolve("/deployments"), body, Map.of()))
                            .filter(answer -> answer.status() == 201);
                },
                greeter::describe);
        Answer answer = server.call("/Greeter/greet", "Ada").expect(200, "\"Welcome, Ada!\"");
        List<String> seen = new ArrayList<>(List.of(answer.body()));
        server.query("SELECT entry_type, name, completed FROM sys_journal WHERE id = '" + answer.invocationId()
                        + "' ORDER BY index")
                .forEach(row -> seen.add(row.toString()));
        greeter.printed().lines().filter(line -> line.contains(" Ada")).forEach(seen::add);
        assertThat(seen).hasSize(11).contains("an account for Ada", "a mail to Ada");
        return seen;
    }

    private static String onOurSdk(String readme) {
        String official = only(Language.JAVA.block, readme).group(1);
        String imports = """
                import dev.reprise.endpoint.Endpoint;
                import dev.reprise.sdk.Context;
                import dev.reprise.sdk.annotation.Handler;
                import dev.reprise.sdk.annotation.Service;
                import java.time.Duration;
                """;
        String withImports = IMPORTS.matcher(official).replaceFirst(imports);
        return withImports.replaceFirst(
                "RestateHttpServer\\..*;", only(LAST_LINE, readme).group(1));
    }

    @Test
    void javaSdk_isOfTheTestedVersion() throws IOException {
        assertThat(VERSION.matcher(readme()).results().map(found -> found.group(1)))
                .hasSize(5)
                .containsOnly(System.getProperty("restate.sdk.version"));
    }

    /** Repeats the request until the service listens. */
    private static void register(MatchResult request, Child greeter) {
        Eventually.get(
                "the service to be registered",
                () -> {
                    greeter.requireAlive();
                    return Optional.of(post(request)).filter(answer -> answer.status() == 201);
                },
                greeter::describe);
    }

    private static Answer post(MatchResult request) {
        return Http.send("POST", URI.create("http://" + request.group(1)), request.group(2), Map.of());
    }

    private static String section(Server server, int port) throws IOException {
        Map<String, String> ports = Map.of(
                "8080", Integer.toString(server.ingress().getPort()),
                "9070", Integer.toString(server.admin().getPort()),
                "9080", Integer.toString(port));
        String section = only(Pattern.compile("### With any Restate SDK\n(.*?)\n## ", Pattern.DOTALL), readme())
                .group(1);
        return PORT.matcher(section).replaceAll(found -> ports.get(found.group()));
    }

    private static MatchResult only(Pattern pattern, String text) {
        List<MatchResult> found = pattern.matcher(text).results().toList();
        assertThat(found).as(pattern.pattern()).hasSize(1);
        return found.getFirst();
    }

    private static String readme() throws IOException {
        return Files.readString(Folders.module().resolveSibling("README.md"));
    }
}
