package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls, sends, answers and error bodies of the simplest handlers. */
final class BasicsTest {
    @ParameterizedTest
    @EnumSource
    void call_answersAndLeavesItsJournal(Subject subject) {
        compare(subject, "greet", world -> {
            var answer = world.call("Ops/greet", "Ada").expect(200, "\"Hello Ada\"");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void send_thenAttachAndOutput_answerTheResult(Subject subject) {
        compare(subject, "send", world -> {
            String id = world.send("Ops/greet", "Ada");
            world.attach(id).expect(200, "Hello Ada");
            world.expiry(world.ingress("GET", "/restate/invocation/" + id + "/output", null)
                    .expect(200, "Hello Ada"));
            world.journal(id);
        });
    }

    @ParameterizedTest
    @EnumSource
    void send_withDelay_isScheduledFirst(Subject subject) {
        compare(subject, "delayed", world -> {
            String id = world.send("Ops/greet", "Ada", "x-lab", "1");
            world.attach(id);
            String later = world.delayed("Ops/greet", "later", "1h");
            world.awaitStatus(later, "scheduled");
            world.ingress("GET", "/restate/invocation/" + later + "/output", null)
                    .expect(470, "not completed");
            world.admin("PATCH", "/invocations/" + later + "/cancel", null);
            world.attach(later);
            String soon = world.delayed("Ops/greet", "soon", "200ms");
            world.attach(soon).expect(200, "Hello soon");
            world.journal(soon);
        });
    }

    @ParameterizedTest
    @EnumSource
    void idempotencyKey_secondCall_answersTheFirstsResult(Subject subject) {
        compare(subject, "idempotency", world -> {
            String key = world.key();
            var first = world.call("Ops/stamp", null, "idempotency-key", key);
            var second = world.call("Ops/stamp", null, "idempotency-key", key).expect(200, first.body());
            world.call("Ops/stamp/send", null, "idempotency-key", key).expect(202, "PreviouslyAccepted");
            world.byIdempotencyKey("Ops/stamp", key, "attach").expect(200, first.body());
            world.byIdempotencyKey("Ops/stamp", key, "output").expect(200, first.body());
            world.expiry(second);
            world.byIdempotencyKey("Ops/stamp", key + "-unknown", "output").expect(404, "not found");
            world.journal(second.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void headers_reachTheHandler(Subject subject) {
        compare(subject, "headers", world -> {
            world.call("Ops/headers", null, "x-lab-one", "1", "x-lab-two", "2").expect(200, "x-lab-two");
            var answer = world.call("Ops/callHeaders", null).expect(200, "x-lab-from");
            world.journal(answer.invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource
    void terminalError_answersItsCodeAndMessage(Subject subject) {
        compare(subject, "fail", world -> {
            for (int code : new int[] {400, 404, 409, 418, 500, 503}) {
                var in = Map.of("code", code, "message", "as asked", "metadata", Map.of("why", "a test"));
                world.journal(
                        world.call("Ops/fail", in).expect(code, "as asked").invocationId());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void privateService_isReachedByHandlersOnly(Subject subject) {
        compare(subject, "private", world -> {
            world.call("Hidden/greet", "Ada").expect(400, "not public");
            var request = Map.of("service", "Hidden", "method", "greet", "parameter", "Ada");
            world.call("Ops/call", request).expect(200, "Psst, Ada");
        });
    }

    @ParameterizedTest
    @EnumSource
    void wrongRequests_areAnsweredAlike(Subject subject) {
        compare(subject, "wrong", world -> {
            world.call("Nobody/greet", "Ada").expect(404, "not found");
            world.call("Ops/nothing", "Ada").expect(404, "nothing");
            world.call("Cell/add", 1);
            world.call("Ops/some-key/greet", 1);
            world.ingress("GET", "/Nobody/greet", null);
            world.ingress("PUT", "/restate/health", null);
            // The path "/" gets 400 on both, but ours goes on to say what this port is.
            world.ingress("GET", "/restate/invocation/nonsense/attach", null);
            world.ingress("GET", "/restate/invocation/nonsense/output", null);
            world.ingress("POST", "/restate/awakeables/nonsense/resolve", "1");
            world.ingress("GET", "/restate/workflow/Nobody/a/attach", null);
            world.ingress("GET", "/restate/unknown", null);
            world.call("Ops/greet", "Ada", "idempotency-key", "");
            world.call("Ops/greet", "Ada", "content-type", "text/plain");
            world.call("Ops/greet/send?delay=nonsense", "Ada");
            world.call("Ops/greet?delay=1s", "Ada");
        });
    }

    @ParameterizedTest
    @EnumSource(names = "TS_STREAMING")
    void pagesOfOtherOrigins_mayAsk(Subject subject) {
        compare(subject, "origins", world -> {
            String path = "/" + world.service("Ops") + "/greet";
            String[] asked = {
                "origin", "http://page.example",
                "access-control-request-method", "POST",
                "access-control-request-headers", "content-type, x-lab"
            };
            world.ingress("OPTIONS", path, null, asked).expect(200, "");
            world.ingress("POST", path, "\"Ada\"", "origin", "http://page.example")
                    .expect(200, "Hello Ada");
        });
    }
}
