package dev.reprise.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.query.execution.QueryLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client of HTTP/2 that begins to read a query's answer and then reads no more, but keeps its connection. */
@Tag("slow")
final class UnreadAnswerTest {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofSeconds(4), 1 << 24, 1, 8);
    /** The client is here too, and fills its window for a stream. */
    private static final long WINDOW_BYTES_MAX = 32 << 20;

    private static final String FEW = "SELECT 1 AS x";
    /* Some gigabytes: no window holds them. */
    private static final String MANY = "SELECT a.column_name, b.column_name, c.column_name, d.column_name"
            + " FROM information_schema.columns a, information_schema.columns b, information_schema.columns c,"
            + " information_schema.columns d";

    private final TestEngine engine = new TestEngine();
    private final QueryHandler queries = new QueryHandler(engine.engine, LIMITS, InstantSource.system());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    private @Nullable HttpServer server;
    private URI uri = URI.create("http://127.0.0.1");

    @BeforeEach
    void start() throws IOException, InterruptedException {
        HttpServer started = HttpServer.start("admin", new Address("127.0.0.1", 0), queries, Duration.ZERO);
        server = started;
        uri = URI.create("http://127.0.0.1:" + started.port() + "/query");
        // The upgrade to HTTP/2 is a request without a body.
        assertRefused();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        if (server != null) {
            server.close();
        }
        queries.close();
        engine.close();
    }

    private HttpRequest query(String sql) {
        return HttpRequest.newBuilder(uri)
                .timeout(TestEngine.PATIENCE)
                .header("content-type", "application/json")
                .header("accept", "application/json")
                .POST(BodyPublishers.ofString("{\"query\":\"" + sql + "\"}"))
                .build();
    }

    private void assertRefused() throws IOException, InterruptedException {
        assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()))
                .extracting(HttpResponse::version, HttpResponse::statusCode)
                .containsExactly(HttpClient.Version.HTTP_2, 405);
    }

    private void assertAnswered() throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(query(FEW), BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("{\"rows\":[{\"x\":1}]}");
    }

    /** Takes the first piece and asks for no more until {@link #readOn}. */
    private static final class FirstPiece implements Flow.Subscriber<List<ByteBuffer>> {
        private final CompletableFuture<Flow.Subscription> begun = new CompletableFuture<>();
        private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        private volatile Flow.@Nullable Subscription subscription;

        private void readOn() {
            begun.join().request(Long.MAX_VALUE);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> piece) {
            begun.complete(subscription);
        }

        @Override
        public void onError(Throwable cause) {
            ended.complete(cause);
        }

        @Override
        public void onComplete() {
            ended.complete(new AssertionError("expected the answer to be broken off"));
        }
    }

    private FirstPiece beginToRead() throws InterruptedException, ExecutionException, TimeoutException {
        FirstPiece unread = new FirstPiece();
        var response = client.sendAsync(query(MANY), BodyHandlers.fromSubscriber(unread));
        assertThat(unread.begun.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(response.isCompletedExceptionally()).isFalse();
        return unread;
    }

    @Test
    void answer_thatIsNotRead_isCutAtTheLimit_andOthersOfItsConnectionAreAnswered()
            throws InterruptedException, ExecutionException, TimeoutException, IOException {
        FirstPiece unread = beginToRead();
        assertRefused();
        assertThat(unread.ended).isNotDone();
        // One query runs at once: this one does when the other is cut.
        assertAnswered();
        unread.readOn();
        assertThat(unread.ended.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertAnswered();
    }

    @Test
    void answer_thatIsNotRead_isNotGathered() throws InterruptedException, ExecutionException, TimeoutException {
        beginToRead();
        long begun = usedBytes();
        // One query runs at once: this one is answered when the other is cut.
        CompletableFuture<HttpResponse<String>> other = client.sendAsync(query(FEW), BodyHandlers.ofString());
        int looks = 0;
        while (!other.isDone()) {
            assertThat(usedBytes() - begun).isLessThan(WINDOW_BYTES_MAX);
            looks++;
        }
        assertThat(looks).isPositive();
        assertThat(other.join().statusCode()).isEqualTo(200);
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
