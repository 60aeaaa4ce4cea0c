package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ingress over real sockets: paths, statuses, headers and bodies as clients of Restate know them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngressTest {
    private static final int BODY_BYTES_MAX = 1_000;
    private static final BlockingQueue<String> AWAKEABLES = new LinkedBlockingQueue<>();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Reprise reprise;
    private static IngressServer ingress;

    /** A service. */
    @Service
    static final class Greeter {
        @Handler
        String greet(Context ctx, String name) {
            return "Hello " + name;
        }

        @Handler
        String fail(Context ctx, String why) {
            throw new TerminalException(418, why);
        }

        @Handler
        String waits(Context ctx) {
            Awakeable<String> awakeable = ctx.awakeable(String.class);
            ctx.run("tell", () -> AWAKEABLES.add(awakeable.id()));
            return awakeable.await();
        }
    }

    /** An object. */
    @VirtualObject
    static final class Counter {
        private static final StateKey<Long> COUNT = StateKey.of("count", Long.class);

        @Handler
        long add(ObjectContext ctx, long amount) {
            ctx.set(COUNT, ctx.get(COUNT).orElse(0L) + amount);
            return ctx.get(COUNT).orElse(0L);
        }
    }

    /** A workflow. */
    @Workflow
    static final class Flow {
        @Handler
        String run(WorkflowContext ctx, String what) {
            return what + " done";
        }
    }

    @BeforeAll
    static void start() throws IOException {
        reprise = Reprise.embedded()
                .bind(new Greeter())
                .bind(new Counter())
                .bind(new Flow())
                .bind(inside())
                .start();
        ingress = IngressServer.start(reprise.engine(), 0, BODY_BYTES_MAX);
    }

    /** A service with a handler that only other handlers may call. */
    private static ServiceDefinition inside() {
        HandlerOptions insideOnly =
                HandlerOptions.builder().ingressPrivate(true).build();
        return ServiceDefinition.service("Inside")
                .handler("open", String.class, String.class, (_, text) -> text)
                .handler("closed", String.class, String.class, (_, text) -> text)
                .options("closed", insideOnly)
                .build();
    }

    @AfterAll
    static void stop() {
        ingress.close();
        reprise.close();
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + ingress.port() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            // A handler that takes nothing refuses a content type even without a body.
            request.header("content-type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void privateHandler_isRefused() throws IOException, InterruptedException {
        assertThat(send("POST", "/Inside/open", "\"x\"").statusCode()).isEqualTo(200);
        for (String path : List.of("/Inside/closed", "/Inside/closed/send", "/restate/call/Inside/closed")) {
            HttpResponse<String> answer = send("POST", path, "\"x\"");
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"code\":400,\"message\":\"the invoked service is not public\",\"source\":\"ingress\"}");
        }
        assertThat(send("POST", "/Inside/none", "\"x\"").statusCode()).isEqualTo(404);
    }

    @Test
    void call_ofAService_answersWithItsResultAndId() throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", "/Greeter/greet", "\"Ada\"");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("\"Hello Ada\"");
        assertThat(header(response, "x-restate-id")).startsWith("inv_1");
        assertThat(header(response, "content-type")).isEqualTo("application/json");
    }

    @Test
    void call_thatFails_answersWithTheFailure() throws IOException, InterruptedException {
        HttpResponse<String> response = send("POST", "/Greeter/fail", "\"no tea\"");

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("{\"code\":418,\"message\":\"no tea\",\"source\":\"invocation\"}");
        assertThat(header(response, "x-restate-error-source")).isEqualTo("invocation");
    }

    @Test
    void send_withIdempotencyKey_isAcceptedOnceAndCanBeAttachedTo() throws IOException, InterruptedException {
        HttpResponse<String> first = send("POST", "/Counter/a%2Fb/add/send", "5", "idempotency-key", "one");
        HttpResponse<String> again = send("POST", "/restate/send/Counter/a%2Fb/add", "5", "idempotency-key", "one");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).contains("\"status\":\"Accepted\"");
        assertThat(again.body()).contains("\"status\":\"PreviouslyAccepted\"");
        assertThat(header(again, "x-restate-id")).isEqualTo(header(first, "x-restate-id"));
        assertThat(send("GET", "/restate/invocation/Counter/a%2Fb/add/one/attach", "")
                        .body())
                .isEqualTo("5");
        assertThat(send(
                                "POST",
                                "/restate/output",
                                "{\"target\":\"idempotentInvocation\",\"service\":\"Counter\",\"key\":\"a/b\","
                                        + "\"handler\":\"add\",\"idempotencyKey\":\"one\"}")
                        .body())
                .isEqualTo("5");
    }

    @Test
    void awakeable_notReadyThenResolved_completesTheInvocation() throws IOException, InterruptedException {
        String id = header(send("POST", "/Greeter/waits/send", ""), "x-restate-id");
        String awakeable = AWAKEABLES.poll(30, TimeUnit.SECONDS);
        HttpResponse<String> early = send("GET", "/restate/invocation/" + id + "/output", "");
        HttpResponse<String> resolved = send("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"yes\"");

        assertThat(early.statusCode()).isEqualTo(470);
        assertThat(early.body()).contains("the invocation exists but has not completed yet");
        assertThat(resolved.statusCode()).isEqualTo(202);
        assertThat(send("GET", "/restate/attach/" + id, "").body()).isEqualTo("\"yes\"");
    }

    @Test
    void workflow_isSubmittedOnceAndAttachedToByKey() throws IOException, InterruptedException {
        assertThat(send("POST", "/Flow/k/run/send", "\"x\"").body()).contains("\"Accepted\"");
        assertThat(send("GET", "/restate/workflow/Flow/k/attach", "").body()).isEqualTo("\"x done\"");
        assertThat(send("POST", "/Flow/k/run/send", "\"x\"").body()).contains("\"PreviouslyAccepted\"");
        assertThat(send("POST", "/Flow/k/run", "\"x\"").statusCode()).isEqualTo(409);
        assertThat(send("POST", "/Flow/k/run", "\"x\"", "idempotency-key", "i").statusCode())
                .isEqualTo(400);
    }

    @Test
    void wrongRequests_areAnsweredLikeTheOriginal() throws IOException, InterruptedException {
        assertThat(send("GET", "/restate/health", "").body())
                .isEqualTo("{\"services\":[\"Counter\",\"Flow\",\"Greeter\",\"Inside\"]}");
        assertThat(send("POST", "/Nobody/greet", "1").statusCode()).isEqualTo(404);
        HttpResponse<String> handler = send("POST", "/Greeter/dance", "1");
        assertThat(handler.statusCode()).isEqualTo(404);
        assertThat(handler.body()).contains("the service 'Greeter' exists, but the handler 'dance' was not found");
        assertThat(header(handler, "x-restate-error-source")).isEqualTo("ingress");
        assertThat(send("PUT", "/Greeter/greet", "1").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/Greeter/greet?delay=1s", "1").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/Greeter/greet/send?delay=soon", "1").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/Counter/add", "1").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/Greeter/greet", "\"" + "x".repeat(BODY_BYTES_MAX) + "\"")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("GET", "/restate/attach/inv_1bad", "").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/restate/attach/inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5H7", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/restate/awakeables/sign_1bad/resolve", "1").statusCode())
                .isEqualTo(400);
    }
}
