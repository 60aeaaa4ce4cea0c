package dev.reprise.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.Folders;
import dev.reprise.interop.harness.Http;
import dev.reprise.interop.harness.JavaProgram;
import dev.reprise.interop.harness.Ports;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs and requests that {@code docs/getting-started.md} and {@code docs/moving.md} print, with either server.
 * Only the ports are others.
 */
final class GuideProgramsTest {
    private static final Path GUIDES = Folders.module().resolveSibling("docs");
    private static final Pattern PORT = Pattern.compile("\\b(8080|9070|9080)\\b");
    private static final Pattern SOURCE =
            Pattern.compile("`src/main/java/(\\w+)\\.java`:\n\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REQUEST = Pattern.compile("curl (localhost:\\S+) --json '(.*)'");
    private static final Pattern REGISTERING =
            Pattern.compile("```java\n([^`]*server\\.register\\(admin, self\\);[^`]*)```");

    @ParameterizedTest
    @EnumSource
    void gettingStarted_behindEitherServer_givesWhatItPrints(ServerKind kind) throws IOException {
        Server server = Server.start(kind);
        int port = Ports.free();
        String guide = guide("getting-started.md", server, port);
        Map<String, String> sources = sources(guide);
        JavaProgram serve = JavaProgram.start(sources, "Serve");
        try {
            serve.awaitLine(blockWith(guide, "listening on port " + port));
            String behind = section(guide, kind == ServerKind.ORIGINAL ? "Behind the original" : "Behind our server");
            List<MatchResult> requests = REQUEST.matcher(behind).results().toList();
            assertThat(requests).hasSize(2);

            post(requests.getFirst()).expect(201, "\"Greeting\"");
            Answer answer = post(requests.getLast());
            assertThat(answer.body()).isEqualTo(blockWith(behind, answer.body()));
            JavaProgram.Ended ask = JavaProgram.start(sources, "Ask").ended();
            assertThat(ask.printed().lines().toList())
                    .endsWith(blockWith(guide, "Greeting[text=Hello Ada, weather=sunny]"));
            assertThat(ask.exitCode()).isZero();
        } finally {
            serve.kill();
            server.kill();
        }
    }

    @ParameterizedTest
    @EnumSource
    void registerAtStart_againAndBeforeTheServerIsThere_makesOneDeployment(ServerKind kind) throws IOException {
        Server server = Server.start(kind);
        int port = Ports.free();
        String self = "http://127.0.0.1:" + port;
        server.kill();
        JavaProgram early = registering(server, server.admin(), self, port);
        try {
            server.start();
            early.awaitLine("registered");
            server.call("/Greeter/greet", "Ada").expect(200, "Hello Ada");

            early.kill();
            JavaProgram again = registering(server, server.admin(), self, port);
            again.awaitLine("registered");
            server.call("/Greeter/greet", "Ada").expect(200, "Hello Ada");
            again.kill();
            assertThat(server.document("/deployments").path("deployments")).hasSize(1);
        } finally {
            early.kill();
            server.kill();
        }
    }

    @ParameterizedTest
    @EnumSource
    void registerAtStart_withAnAddressThatLeadsNowhere_endsAndSaysSo(ServerKind kind) throws IOException {
        Server server = Server.start(kind);
        String nowhere = "http://127.0.0.1:" + Ports.free();
        try {
            JavaProgram.Ended ended =
                    registering(server, server.admin(), nowhere, Ports.free()).ended();

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.printed())
                    .contains("RegistrationException: The server at " + server.admin() + " did not register " + nowhere)
                    .contains("The server must reach this endpoint at that address");
        } finally {
            server.kill();
        }
    }

    @ParameterizedTest
    @EnumSource
    void registerAtStart_atTheIngress_endsAndSaysSo(ServerKind kind) throws IOException {
        Server server = Server.start(kind);
        int port = Ports.free();
        try {
            JavaProgram.Ended ended = registering(server, server.ingress(), "http://127.0.0.1:" + port, port)
                    .ended();

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.printed()).contains("That is not the admin API");
        } finally {
            server.kill();
        }
    }

    /** The service of getting started, in a program around the lines that moving shows. */
    private static JavaProgram registering(Server server, URI admin, String self, int port) throws IOException {
        MatchResult lines = REGISTERING
                .matcher(guide("moving.md", server, port))
                .results()
                .findFirst()
                .orElseThrow();
        String main = """
                import dev.reprise.endpoint.*;
                import java.net.URI;

                public class Register {
                    public static void main(String[] args) throws Exception {
                        URI admin = URI.create(args[0]);
                        URI self = URI.create(args[1]);
                        int port = Integer.parseInt(args[2]);
                        %s
                    }
                }
                """.formatted(
                        lines.group(1).replace("server.join();", "System.out.println(\"registered\"); server.join();"));
        Map<String, String> sources = sources(guide("getting-started.md", server, port));
        sources.put("Register", main);
        return JavaProgram.start(sources, "Register", admin.toString(), self, Integer.toString(port));
    }

    private static String guide(String name, Server server, int port) throws IOException {
        Map<String, String> ports = Map.of(
                "8080", Integer.toString(server.ingress().getPort()),
                "9070", Integer.toString(server.admin().getPort()),
                "9080", Integer.toString(port));
        return PORT.matcher(Files.readString(GUIDES.resolve(name))).replaceAll(found -> ports.get(found.group()));
    }

    /** What the guide wants in {@code src/main/java}; the embedded program needs a module that is not here. */
    private static Map<String, String> sources(String guide) {
        Map<String, String> sources = new TreeMap<>();
        SOURCE.matcher(guide).results().forEach(source -> sources.put(source.group(1), source.group(2)));
        sources.remove("Embedded");
        assertThat(sources).containsOnlyKeys("Ask", "Greeter", "Serve");
        return sources;
    }

    private static String section(String guide, String title) {
        String from = guide.substring(guide.indexOf("## " + title + "\n"));
        return from.substring(0, from.indexOf("\n## "));
    }

    /** Fails unless a block of the guide is this line alone. */
    private static String blockWith(String guide, String line) {
        assertThat(guide).contains("```\n" + line + "\n```");
        return line;
    }

    private static Answer post(MatchResult request) {
        return Http.send("POST", URI.create("http://" + request.group(1)), request.group(2), Map.of());
    }
}
