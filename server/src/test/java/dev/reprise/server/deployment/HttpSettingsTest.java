package dev.reprise.server.deployment;

import static dev.reprise.server.deployment.HttpDeploymentTransportTest.head;
import static dev.reprise.server.deployment.HttpDeploymentTransportTest.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.MessageType;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What an operator sets for the way to deployments, and what it changes there. */
@Timeout(60)
class HttpSettingsTest {
    private static void attempt(HttpClient client, ScriptedDeployment deployment, long id) {
        attempt(client, MessageLimits.DEFAULT, deployment, id);
    }

    private static void attempt(HttpClient client, MessageLimits limits, ScriptedDeployment deployment, long id) {
        RecordedAttempt attempt = new RecordedAttempt();
        AttemptStream stream = new HttpDeploymentTransport(client, limits, Optional.empty())
                .open(head(deployment.deployment(), id), attempt);
        stream.send(List.of(message(MessageType.START, 10)));
        stream.closeInput();
        attempt.awaitClosed();
    }

    @Test
    void requestHeaders_areSentWithAttemptsAndDiscovery() throws Exception {
        CompletableFuture<String> discovery = new CompletableFuture<>();
        CompletableFuture<String> attempt = new CompletableFuture<>();
        try (HttpClient client = HttpClient.start(
                        HttpOptions.DEFAULT.withRequestHeaders(List.of(new Header("x-restate-cluster-name", "mine"))));
                ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
                    boolean discovers = request.path().equals("/discover");
                    (discovers ? discovery : attempt).complete(request.header("x-restate-cluster-name"));
                    if (discovers) {
                        request.answer(404, "text/plain");
                    } else {
                        request.accept().receiveAll();
                    }
                    request.end();
                })) {
            attempt(client, deployment, 1);
            assertThat(attempt.get()).isEqualTo("mine");
            assertThat(refused(client, deployment)).hasMessageContaining("404");
            assertThat(discovery.get()).isEqualTo("mine");
        }
    }

    private static Throwable refused(HttpClient client, ScriptedDeployment deployment) {
        return catchThrowable(
                () -> new DiscoveryClient(client, Optional.empty()).discover(deployment.uri(), null, Map.of()));
    }

    @Test
    void messageBytesWarning_largerMessage_isLoggedWithItsInvocation() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(HttpAttempt.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (HttpClient client = HttpClient.start(HttpOptions.DEFAULT);
                ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
                    request.accept().receiveAll();
                    request.send(message(MessageType.OUTPUT, 900));
                    request.send(message(MessageType.OUTPUT, 1_000));
                    request.end();
                })) {
            attempt(client, MessageLimits.DEFAULT.withMessageBytesWarning(1_000), deployment, 1);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("Greeter/greet", "1008 bytes");
            assertThat(line.getKeyValuePairs())
                    .anySatisfy(pair -> assertThat(String.valueOf(pair.value)).startsWith("inv_"));
        });
    }

    @Test
    void streamsPerConnection_oneMoreAttempt_takesAnotherConnection() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (HttpClient client = HttpClient.start(HttpOptions.DEFAULT.withConnections(Duration.ZERO, 1));
                ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
                    both.countDown();
                    assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
                    request.accept().receiveAll();
                    request.end();
                })) {
            Thread other = Thread.ofVirtual().start(() -> attempt(client, deployment, 1));
            attempt(client, deployment, 2);
            other.join();
            assertThat(deployment.connections()).isEqualTo(2);
        }
    }

    @Test
    void idleTimeout_unusedConnection_isNotUsedAgain() throws Exception {
        try (HttpClient client = HttpClient.start(HttpOptions.DEFAULT.withConnections(Duration.ofMillis(1), 128));
                ScriptedDeployment deployment = ScriptedDeployment.start(request -> {
                    request.accept().receiveAll();
                    request.end();
                })) {
            for (long id = 1; deployment.connections() < 2; id++) {
                attempt(client, deployment, id);
            }
            assertThat(deployment.connections()).isEqualTo(2);
        }
    }
}
