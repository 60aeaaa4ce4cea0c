package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reprise.server.client.Destination;
import dev.reprise.server.client.Exchange;
import dev.reprise.server.client.ExchangeFailure;
import dev.reprise.server.client.ExchangeListener;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import dev.reprise.server.client.Loop;
import dev.reprise.server.client.RequestHead;
import dev.reprise.server.client.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an address looks like, and whatever goes wrong on an event loop, who waits is told. */
@Timeout(60)
@Tag("slow")
class DeploymentUrisTest {
    private final HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
    private final DiscoveryClient discovery = new DiscoveryClient(client, Optional.empty());

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:0",
                "http://127.0.0.1:65536",
                "http://127.0.0.1:99999",
                "http://[::1]:99999",
                "https://127.0.0.1:99999",
                "http://127.0.0.1:-1",
                "http:///path",
                "http:opaque",
                "ftp://127.0.0.1",
                "127.0.0.1",
                "/path"
            })
    void uri_thatCannotBe_isRefusedAtOnce(String uri) {
        assertThatThrownBy(() -> discovery.discover(URI.create(uri), null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a deployment's ");
    }

    /** Nothing listens on port 1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1",
                "http://[::1]:1",
                "http://[::ffff:127.0.0.1]:1",
                "http://user:secret@127.0.0.1:1",
                "https://127.0.0.1:1",
                "http://no-such-host.invalid"
            })
    void uri_whereNobodyListens_failsInTime(String uri) {
        assertThat(catchThrowable(() -> discovery.discover(URI.create(uri), null, Map.of())))
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("cannot connect to ")
                .hasMessageNotContaining("secret");
    }

    enum Step {
        HEAD,
        BODY,
        END
    }

    /** A mistake in this server while an answer is taken in. */
    @ParameterizedTest
    @EnumSource
    void listener_thatThrows_isToldOfItsFailure(Step step) throws Exception {
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            request.answer(200, "text/plain").sendBytes("text".getBytes(StandardCharsets.UTF_8));
            request.end();
        })) {
            Destination origin = Destination.of(deployment.uri(), Destination.Versions.HTTP_2);
            Loop loop = client.loop(1);
            CompletableFuture<String> failure = new CompletableFuture<>();
            RequestHead head = new RequestHead("GET", "/discover", List.of(), 0);
            assertThat(loop.execute(() -> client.open(loop, origin, head, new Throwing(step, failure))))
                    .isTrue();
            assertThat(got(failure)).contains("failed in this server").contains("a mistake");
        }
    }

    /** What an Error leaves behind on a loop is done all the same. */
    @Test
    void loop_afterAnError_goesOn() {
        Loop loop = client.loop(1);
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        var _ = loop.execute(() -> {
            var _ = loop.execute(() -> later.complete(true));
            begun.complete(true);
            throw new AssertionError("as asked");
        });
        assertThat(got(begun)).isTrue();
        assertThat(got(later)).isTrue();
        CompletableFuture<Boolean> last = new CompletableFuture<>();
        var _ = loop.execute(() -> last.complete(true));
        assertThat(got(last)).isTrue();
    }

    private static <T> T got(CompletableFuture<T> future) {
        return future.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private record Throwing(Step step, CompletableFuture<String> failure) implements ExchangeListener {
        private void at(Step reached) {
            if (reached == step) {
                throw new IllegalStateException("a mistake");
            }
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public void onOpen(Exchange exchange) {
            exchange.write(Unpooled.EMPTY_BUFFER, true);
        }

        @Override
        public void onHead(ResponseHead head) {
            at(Step.HEAD);
        }

        @Override
        public int onBody(ByteBuf body) {
            at(Step.BODY);
            return body.readableBytes();
        }

        @Override
        public void onWritable() {}

        @Override
        public void onEnd() {
            at(Step.END);
        }

        @Override
        public void onFailed(ExchangeFailure reason) {
            failure.complete(reason.message());
        }
    }
}
