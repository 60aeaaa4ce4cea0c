package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deployments that answer discovery with much, for ever, or not to the end. */
@Timeout(60)
class DiscoveryMemoryTest {
    private static final String TYPE = "application/vnd.restate.endpointmanifest.v3+json";
    private static final int MIB = 1 << 20;

    private final HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MemoryPool pool = new MemoryPool(24 * MIB);
    private final DiscoveryClient discovery = new DiscoveryClient(client, Optional.empty(), pool);

    @AfterEach
    void close() {
        client.close();
        threads.shutdownNow();
    }

    @Test
    void answer_thatNeverEnds_isCutAndItsMemoryGivenBack() throws Exception {
        CompletableFuture<Exception> cut = new CompletableFuture<>();
        try (ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
            ScriptedRequest answering = request.answer(200, TYPE);
            try {
                while (true) {
                    answering.sendBytes(" ".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (Exception e) {
                cut.complete(e);
            }
        })) {
            assertThatThrownBy(() -> discovery.discover(deployment.uri(), null, Map.of()))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining("the answer is larger than " + 3 * MIB + " bytes");
            assertThat(cut).succeedsWithin(Duration.ofSeconds(20));
            assertThat(pool.usedBytes()).isZero();
        }
    }

    @Test
    void answers_ofManyAtOnce_areBoundedInTotal_andASmallOneIsReadAllTheSame() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        String begin =
                "{\"protocolMode\":\"BIDI_STREAM\",\"minProtocolVersion\":5,\"maxProtocolVersion\":6,\"services\":"
                        + "[{\"name\":\"Greeter\",\"ty\":\"SERVICE\",\"handlers\":[{\"name\":\"greet\"}]}]";
        try (ScriptedDeployment large = ScriptedDeployment.start(request -> {
                    ScriptedRequest answering = request.answer(200, TYPE);
                    answering.sendBytes((begin + " ".repeat(MIB)).getBytes(StandardCharsets.US_ASCII));
                    goOn.await();
                    answering.sendBytes("}".getBytes(StandardCharsets.US_ASCII));
                    answering.end();
                });
                ScriptedDeployment small = ScriptedDeployment.start(request -> {
                    request.answer(200, TYPE).sendBytes((begin + "}").getBytes(StandardCharsets.US_ASCII));
                    request.end();
                })) {
            List<CompletableFuture<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                outcomes.add(CompletableFuture.supplyAsync(() -> outcome(large), threads));
            }
            CompletableFuture.anyOf(outcomes.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
            assertThat(pool.usedBytes()).isBetween(1L, pool.capacityBytes());
            assertThat(outcome(small)).isEqualTo("discovered");
            goOn.countDown();
            List<String> all = outcomes.stream().map(CompletableFuture::join).toList();
            assertThat(all)
                    .contains("discovered")
                    .anySatisfy(outcome -> assertThat(outcome).contains("the memory for answers of deployments"));
            assertThat(pool.usedBytes()).isZero();
            assertThat(outcome(large)).isEqualTo("discovered");
        }
    }

    private String outcome(ScriptedDeployment deployment) {
        try {
            discovery.discover(deployment.uri(), null, Map.of());
            return "discovered";
        } catch (DiscoveryException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Who has waited for too long gives the memory back, though the answer may still go on. */
    @Test
    void answer_thatStalls_isGivenUp() {
        WholeAnswer stalled = new WholeAnswer(new AnswerLimit(MIB, 8, pool));
        try (stalled) {
            stalled.onBody(Unpooled.wrappedBuffer(new byte[100_000]));
            assertThat(pool.usedBytes()).isEqualTo(800_000);
            assertThatThrownBy(() -> stalled.await(Duration.ofMillis(20)))
                    .isInstanceOf(DiscoveryException.class)
                    .hasMessageContaining("no answer within");
        }
        assertThat(pool.usedBytes()).isZero();
        assertThat(stalled.isWanted()).isFalse();
    }
}
