package dev.reprise.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator against a server that answers as it is told to. */
class LoadLoopTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server = unstarted();

    private static HttpServer unstarted() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private interface Answers {
        byte[] to(byte[] body, int request) throws IOException;
    }

    private void answer(int status, Answers answers) {
        server.createContext("/", exchange -> answer(exchange, status, answers));
    }

    private void answer(HttpExchange exchange, int status, Answers answers) throws IOException {
        try (exchange) {
            byte[] answer = answers.to(exchange.getRequestBody().readAllBytes(), requests.incrementAndGet());
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    @Test
    void counted_rightAnswers_allCounted() throws IOException {
        answer(200, (body, _) -> body);
        LoadResult result = LoadGenerator.run(LoadPlan.counted(port(), Work.of("noop", 0), 3, 50, 60));
        assertThat(result.answers()).isEqualTo(50);
        assertThat(result.failures()).isZero();
        assertThat(requests).hasValue(50);
    }

    @Test
    void counted_wrongAnswer_isAnErrorAndShown() throws IOException {
        answer(200, (body, request) -> request == 7 ? "\"other\"".getBytes(StandardCharsets.UTF_8) : body);
        LoadResult result = LoadGenerator.run(LoadPlan.counted(port(), Work.of("noop", 0), 1, 10, 60));
        assertThat(result.answers()).isEqualTo(9);
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.firstError()).contains("200 \"other\" to POST /Bench/noop");
    }

    @Test
    void counted_failuresOfTheServer_repeatedUntilRight() throws IOException {
        server.createContext("/", exchange -> {
            boolean first = requests.incrementAndGet() == 1;
            try (exchange) {
                byte[] answer = exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(first ? 503 : 200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        LoadResult result = LoadGenerator.run(LoadPlan.counted(port(), Work.of("noop", 0), 1, 5, 60));
        assertThat(result.answers()).isEqualTo(5);
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.unfinished()).isZero();
    }

    @Test
    void timed_rightAnswers_someInTheWindow() throws IOException {
        answer(200, (body, _) -> body);
        LoadResult result = LoadGenerator.run(LoadPlan.timed(port(), Work.of("payload", 100_000), 2, 0, 1));
        assertThat(result.answers()).isPositive();
        assertThat(result.failures()).isZero();
        assertThat(result.p50Millis()).isPositive().isLessThanOrEqualTo(result.maxMillis());
    }

    @Test
    void sends_accepted_writtenDownWithTheirResults(@TempDir Path folder) throws IOException {
        answer(
                202,
                (_, request) -> ("{\"invocationId\":\"inv_" + request + "\",\"status\":\"Accepted\"}")
                        .getBytes(StandardCharsets.UTF_8));
        Path ids = folder.resolve("ids");
        LoadResult result = LoadGenerator.run(
                LoadPlan.counted(port(), Work.send("/Bench/recover/send", "{seed}", 3, ids.toString()), 1, 3, 60));
        assertThat(result.failures()).isZero();
        assertThat(Files.readAllLines(ids)).containsExactly("inv_1\t3", "inv_2\t6", "inv_3\t9");
    }
}
