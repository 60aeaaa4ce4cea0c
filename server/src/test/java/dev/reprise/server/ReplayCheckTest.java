package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.endpoint.replay.ReplayCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New code against the journals of a server in a process of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("process")
class ReplayCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static ChildProcess server;
    private static EndpointServer endpoint;
    private static String placed;
    private static String drawn;
    private static String stuck;
    private static String taken;

    @BeforeAll
    static void begin() throws IOException {
        server = ChildProcess.configuredServer(folder, """
                [worker.invoker]
                inactivity-timeout = "0s"
                """);
        endpoint = Endpoint.bind(new Orders.Deployed()).bind(new Orders.Stock()).listen(0);
        HttpResponse<String> registered =
                server.post("admin API", "/deployments", "{\"uri\":\"http://127.0.0.1:" + endpoint.port() + "\"}");
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
        placed = send("/Orders/place", 5);
        drawn = send("/Orders/draw", 3);
        stuck = send("/Orders/stick", 4);
        taken = send("/Stock/umbrella/take", 6);
        server.await("the step that does not end", () -> Orders.EXECUTED.get() == 6);
    }

    @AfterAll
    static void end() {
        Orders.GATE.countDown();
        endpoint.close();
        server.close();
    }

    /** Sends, and waits for a journal of so many entries. */
    private static String send(String path, int entries) throws JsonProcessingException {
        HttpResponse<String> sent = server.post("ingress", path + "/send", "\"Ada\"");
        String id = JSON.readTree(sent.body()).path("invocationId").asText();
        server.await(
                "the journal of " + path,
                () -> server.query(
                                "SELECT journal_size FROM sys_invocation WHERE id = '" + id + "'", "application/json")
                        .body()
                        .contains("\"journal_size\":" + entries));
        return id;
    }

    /** What a check said, and its exit code. */
    private record Checked(int exitCode, String out, String err) {}

    private static Checked check(String... arguments) throws InterruptedException {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = ReplayCheck.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Checked(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Checked check(Path jar, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--admin", server.uri("admin API", "").toString(), "--classpath", jar.toString()));
        arguments.addAll(List.of(more));
        return check(arguments.toArray(String[]::new));
    }

    private static Path jar(Class<?>... classes) throws IOException {
        Path jar = Files.createTempFile(folder, "services", ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : classes) {
                String file = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
                    bytes.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void sameCode_allAreFine_noClosureIsExecuted() throws IOException, InterruptedException {
        int executed = Orders.EXECUTED.get();

        Checked checked = check(jar(Orders.Deployed.class, Orders.Stock.class));

        assertThat(checked).isEqualTo(new Checked(0, "4 replayed: 4 fine, 0 diverging, 0 unknown\n", ""));
        assertThat(Orders.EXECUTED).hasValue(executed);
    }

    @Test
    void moreCodeBehindTheWait_isFine() throws IOException, InterruptedException {
        Checked checked = check(jar(Orders.Longer.class));

        assertThat(checked.out()).isEqualTo("""
                left out: 1 of Stock, a service that is not in --classpath
                3 replayed: 3 fine, 0 diverging, 0 unknown
                """);
        assertThat(checked.exitCode()).isZero();
    }

    @Test
    void otherOrderOfSteps_diverges_withBothCommandsAndTheLine() throws IOException, InterruptedException {
        int executed = Orders.EXECUTED.get();

        Checked checked = check(jar(Orders.Swapped.class), "--where", "id = '" + placed + "'");

        assertThat(checked.out())
                .contains(
                        "diverges: Orders/place " + placed,
                        "recorded: run (name 'reserve')",
                        "attempted: run (name 'charge')")
                .contains("(Orders.java:")
                .endsWith("1 replayed: 0 fine, 1 diverging, 0 unknown\n");
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(Orders.EXECUTED).hasValue(executed);
    }

    @Test
    void anotherDraw_seedIsKnown_diverges() throws IOException, InterruptedException {
        Checked checked = check(jar(Orders.Swapped.class), "--where", "id = '" + drawn + "'");

        assertThat(checked.out()).contains("diverges: Orders/draw " + drawn, "recorded: run (name 'ticket ");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void handlerThatThrowsBeforeTheEnd_diverges() throws IOException, InterruptedException {
        Checked checked = check(jar(Orders.Swapped.class), "--where", "id = '" + stuck + "'");

        assertThat(checked.out()).contains("fails before the journal's end", "not any more");
        assertThat(checked.exitCode()).isEqualTo(1);
    }

    @Test
    void main_givesTheServices_whereChoosesSeveral() throws IOException, InterruptedException {
        Checked checked = check(
                jar(Orders.NewVersion.class),
                "--main",
                Orders.NewVersion.class.getName(),
                "--where",
                "id IN ('" + placed + "', '" + taken + "') AND status <> 'completed'");

        assertThat(checked.out())
                .contains("diverges: Orders/place " + placed)
                .endsWith("2 replayed: 1 fine, 1 diverging, 0 unknown\n");
    }

    @Test
    void process_saysTheSame() throws IOException {
        String admin = server.uri("admin API", "").toString();
        String jar = jar(Orders.Swapped.class).toString();
        try (ChildProcess process =
                ChildProcess.java(folder, ReplayCheck.class, "--admin", admin, "--classpath", jar)) {
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.output()).contains("3 replayed: 0 fine, 3 diverging, 0 unknown");
        }
    }

    @Test
    void whatCannotBeChecked_isSaid() throws IOException, InterruptedException {
        Path jar = jar(Orders.Deployed.class);
        Path empty = jar(ChildProcess.class);
        String admin = server.uri("admin API", "").toString();

        assertRefused(check("--admin", "http://127.0.0.1:1", "--classpath", jar.toString()), "admin API of a server");
        assertRefused(check(empty), "Expected services in");
        assertRefused(check(empty, "--main", "no.Such"), "Expected a class no.Such");
        assertRefused(check(folder.resolve("none.jar")), "found no " + folder.resolve("none.jar"));
        assertRefused(check(jar, "--where", "nonsense = 1"), "Column 'nonsense' not found");
        assertRefused(check("--admin", admin), "--classpath is missing");
        assertRefused(check("--admin", "localhost:9070", "--classpath", jar.toString()), "as http://localhost:9070");
        assertRefused(check(jar, "--what"), "there is no option --what");
        assertRefused(check(jar, "--where"), "--where needs a value");
        assertRefused(
                check("--admin", server.uri("ingress", "").toString(), "--classpath", jar.toString()), "found status");
    }

    private static void assertRefused(Checked checked, String why) {
        assertThat(checked.exitCode()).isEqualTo(2);
        assertThat(checked.err()).startsWith("replay: ").contains(why);
        assertThat(checked.out()).isEmpty();
    }
}
