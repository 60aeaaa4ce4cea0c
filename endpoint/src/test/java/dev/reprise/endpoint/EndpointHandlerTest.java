package dev.reprise.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class EndpointHandlerTest {
    private final EndpointHandler endpoint =
            Endpoint.bind(new Attempt.Greeter()).handler();

    private static EndpointRequestHead head(String path, String name, String value) {
        return new EndpointRequestHead(path, Map.of(name, value), true);
    }

    private static EndpointRequestHead invoke(String handler, int version) {
        String contentType = "application/vnd.restate.invocation.v" + version;
        return head("/invoke/Greeter/" + handler, "content-type", contentType);
    }

    private Answer ask(EndpointRequestHead head) {
        Answer answer = new Answer();
        endpoint.open(head, answer).end();
        return answer.await();
    }

    private Answer attempt(EndpointRequestHead head, byte[] request) {
        Answer answer = new Answer();
        RequestBody body = endpoint.open(head, answer);
        body.write(ByteBuffer.wrap(request));
        body.end();
        return answer.await();
    }

    @Test
    void handler_thatThrows_isLoggedInThisProcess() {
        EndpointHandler failing = Endpoint.bind(ServiceDefinition.service("Failing")
                        .handler("run", String.class, String.class, (ctx, input) -> {
                            throw new IllegalStateException("no such card");
                        })
                        .build())
                .handler();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.reprise.sdk");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            Answer answer = new Answer();
            RequestBody body = failing.open(
                    new EndpointRequestHead(
                            "/invoke/Failing/run",
                            Map.of("content-type", "application/vnd.restate.invocation.v7"),
                            true),
                    answer);
            body.write(ByteBuffer.wrap(Attempt.request("\"a\"")));
            body.end();
            assertThat(answer.await().text()).contains("no such card");
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("Failing/run failed in attempt 1 of invocation inv_");
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("no such card");
        });
    }

    @Test
    void health_always_ok() {
        assertThat(ask(head("/health", "a", "b")).status()).isEqualTo(200);
    }

    /** Their names are those of paths that mean something else at the end. */
    @ParameterizedTest
    @CsvSource({"health, ''", "discover, ''", "health, /some/prefix", "invoke, ''"})
    void handler_namedAsAPath_runs(String name, String prefix) {
        EndpointHandler named = Endpoint.bind(ServiceDefinition.service("Named")
                        .handler(name, String.class, String.class, (ignored, input) -> "ran " + input)
                        .build())
                .handler();
        Answer answer = new Answer();
        RequestBody body = named.open(
                new EndpointRequestHead(
                        prefix + "/invoke/Named/" + name,
                        Map.of("content-type", "application/vnd.restate.invocation.v7"),
                        true),
                answer);
        body.write(ByteBuffer.wrap(Attempt.request("\"a\"")));
        body.end();
        assertThat(answer.await().text()).contains("ran a");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void discover_acceptedVersion_answersInIt(int version) {
        String contentType = "application/vnd.restate.endpointmanifest.v" + version + "+json";
        Answer answer = ask(head("/discover", "Accept", contentType));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", contentType).containsKey("x-restate-server");
        assertThat(answer.text())
                .contains("\"protocolMode\":\"BIDI_STREAM\"", "\"minProtocolVersion\":5", "\"maxProtocolVersion\":7")
                .contains("\"name\":\"Greeter\"", "\"name\":\"greet\"");
    }

    @Test
    void discover_requestThatCannotStream_saysRequestResponse() {
        Answer answer = new Answer();
        endpoint.open(new EndpointRequestHead("/some/prefix/discover", Map.of(), false), answer)
                .end();
        assertThat(answer.await().text()).contains("\"protocolMode\":\"REQUEST_RESPONSE\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/discover, accept, application/xml, 415, endpointmanifest.v4",
        "/invoke/Greeter/greet, content-type, application/vnd.restate.invocation.v4, 415, invocation.v5",
        "/invoke/Greeter/greet, x, y, 415, invocation.v7",
        "/invoke/Greeter/other, content-type, application/vnd.restate.invocation.v7, 404, Greeter/other",
        "/invoke/Other/greet, content-type, application/vnd.restate.invocation.v7, 404, Other/greet",
        "/nothing, x, y, 404, /nothing",
    })
    void request_thatCannotBeServed_isRefusedWithAReason(
            String path, String name, String value, int status, String reason) {
        Answer answer = ask(head(path, name, value));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "text/plain");
        assertThat(answer.text()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void invoke_wholeRequest_runsAndSuspendsUntilTheRunIsStored(int version) {
        Answer answer = attempt(invoke("greet", version), Attempt.request("\"Ada\""));
        List<Frame> frames = Attempt.frames(answer.body());
        assertThat(answer.headers()).containsEntry("content-type", "application/vnd.restate.invocation.v" + version);
        assertThat(Attempt.messages(answer.body()))
                .hasSize(3)
                .contains(new ControlMessage.ProposeRunCompletion(1, new Result.Value(Bytes.utf8("\"Hello Ada\""))))
                .last()
                .isInstanceOf(ControlMessage.Suspension.class);
        assertThat(frames.get(1).ackRequested()).isEqualTo(version == 7);
    }

    @Test
    void invoke_bodyCutAtEveryByte_isTheSameAttempt() {
        Answer answer = new Answer();
        RequestBody body = endpoint.open(invoke("large", 6), answer);
        for (byte b : Attempt.request("3")) {
            body.write(ByteBuffer.wrap(new byte[] {b}));
        }
        assertThat(Attempt.messages(answer.await().body()))
                .containsExactly(
                        new Command.Output(new Result.Value(Bytes.utf8("\"xxx\"")), ""), new ControlMessage.End());
    }

    @Test
    void invoke_garbage_breaksOff() {
        byte[] garbage = new byte[64];
        Arrays.fill(garbage, (byte) 0xFF);
        assertThat(attempt(invoke("greet", 7), garbage).failure()).hasMessageContaining("at most");
    }

    @Test
    void invoke_bodyThatEndsInsideAFrame_breaksOff() {
        byte[] request = Attempt.request("\"Ada\"");
        Answer answer = attempt(invoke("greet", 7), Arrays.copyOf(request, request.length - 1));
        assertThat(answer.failure()).hasMessageContaining("the stream ended");
    }

    @Test
    void invoke_moreThanThereIsRoomFor_isRefusedUntilOneEnds() {
        EndpointHandler small =
                Endpoint.bind(new Attempt.Greeter()).attemptsMax(1).handler();
        RequestBody first = small.open(invoke("wait", 7), new Answer());
        Answer second = new Answer();
        small.open(invoke("wait", 7), second);
        assertThat(second.await().status()).isEqualTo(503);
        first.abort();
        Answer third = new Answer();
        RequestBody body = small.open(invoke("large", 7), third);
        body.write(ByteBuffer.wrap(Attempt.request("1")));
        assertThat(third.await().status()).isEqualTo(200);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void drain_closureOnAPlatformThread_isInterruptedAndItsThreadEnds() throws InterruptedException {
        CompletableFuture<Thread> executing = new CompletableFuture<>();
        EndpointHandler busy = Endpoint.bind(ServiceDefinition.service("Busy")
                        .handler("compute", String.class, String.class, (ctx, input) -> {
                            ctx.run("compute", () -> {
                                executing.complete(Thread.currentThread());
                                new CountDownLatch(1).await();
                            });
                            return input;
                        })
                        .build())
                .runThread(RunThread.PLATFORM)
                .runPlatformThreadsMax(1)
                .handler();
        EndpointRequestHead head =
                head("/invoke/Busy/compute", "content-type", "application/vnd.restate.invocation.v7");
        busy.open(head, new Answer()).write(ByteBuffer.wrap(Attempt.request("\"a\"")));
        Thread thread = executing.join();
        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("reprise-run-1");
        busy.drain(Duration.ZERO);
        thread.join();
    }

    @Test
    void runPlatformThreadsMax_ofNone_isRefused() {
        assertThatThrownBy(() -> Endpoint.bind(new Attempt.Greeter()).runPlatformThreadsMax(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 platform thread", "found 0");
    }

    @Test
    void drain_handlerThatWaits_suspendsAndNothingElseBegins() {
        Answer waiting = new Answer();
        endpoint.open(invoke("wait", 7), waiting).write(ByteBuffer.wrap(Attempt.request("\"Ada\"")));
        endpoint.drain(Duration.ofSeconds(10));
        assertThat(waiting.isOver()).isTrue();
        assertThat(Attempt.messages(waiting.body())).last().isInstanceOf(ControlMessage.Suspension.class);
        assertThat(ask(invoke("wait", 7)).status()).isEqualTo(503);
    }
}
