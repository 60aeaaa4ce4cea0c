package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compareWithScopes;

import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Calls in a scope, with and without a limit key, on an original server that was told to take them. */
final class ScopesTest {
    private static final String LIMIT_KEY = "x-restate-limit-key";

    @Test
    void idempotencyKeys_areOfTheirScope() {
        compareWithScopes("scopes", world -> {
            String[] once = {"idempotency-key", world.key()};
            List<Answer> answers = List.of(
                    world.call("Ops/greet", "Ada", once),
                    ask(world, "a/call", "greet", once),
                    ask(world, "a/call", "greet", once[0], once[1], LIMIT_KEY, "t/u"),
                    ask(world, "a/send", "greet", once).expect(202, "PreviouslyAccepted"),
                    ask(world, "b/call", "greet", once),
                    ask(world, "b/call", "stamp", once));
            answers.forEach(answer -> world.sameId(answer.invocationId()));
            world.journal(answers.getLast().invocationId());
            String flow = "Flow/" + world.key();
            world.sameId(world.send(flow + "/run", "outside"));
            Answer inside = world.ingress(
                    "POST",
                    "/restate/scope/a/send/" + world.service("Flow") + "/" + world.key() + "/run",
                    "\"inside\"");
            world.sameId(inside.invocationId());
            world.rows(
                    "SELECT target, scope, limit_key FROM sys_invocation WHERE id = '" + inside.invocationId() + "'");
            for (String scope : List.of("a", "b", "c", "a b")) {
                for (String what : List.of("attach", "output", "lookup")) {
                    world.ingress("POST", "/restate/" + what, """
                            {"target":"idempotentInvocation","service":"%s","handler":"greet","idempotencyKey":"%s","scope":"%s"}\
                            """.formatted(world.service("Ops"), world.key(), scope));
                }
            }
        });
    }

    @Test
    void limitKeys_areCheckedAndKept() {
        compareWithScopes("limit-keys", world -> {
            for (String fit : List.of("t", "t/", "t/u", "t/u/", "", "x".repeat(36) + "/y")) {
                String id = ask(world, "limits/call", "greet", LIMIT_KEY, fit).invocationId();
                world.rows("SELECT scope, limit_key FROM sys_invocation WHERE id = '" + id + "'");
            }
            for (String unfit : List.of("/", "/u", "t//u", "t//", "t/u/v", "a b", "t/" + "x".repeat(37))) {
                ask(world, "limits/call", "greet", LIMIT_KEY, unfit).expect(400, "invalid limit-key");
            }
            for (String scope : List.of("", "a%20b", "a%2Fb", "%C3%A4", "a+b", "x".repeat(37))) {
                ask(world, scope + "/call", "greet").expect(400, "bad scope value");
            }
            ask(world, "x".repeat(36) + "/call", "greet").expect(200, "Hello Ada");
            world.call("Ops/greet", "Ada", LIMIT_KEY, "t").expect(400, "requires a scope");
            ask(world, "a/nothing", "greet").expect(400, "bad path");
        });
    }

    @Test
    void callsOfHandlers_areCheckedLikewise() {
        compareWithScopes("scopes-of-handlers", world -> {
            for (Map<String, String> fit : List.of(
                    Map.of("scope", "a"),
                    Map.of("scope", "a", "limitKey", "t/u"),
                    Map.of("scope", "x".repeat(36), "limitKey", "t/"))) {
                String id = world.call("Ops/call", greeting(fit))
                        .expect(200, "Hello Ada")
                        .invocationId();
                world.rows("SELECT scope, limit_key FROM sys_invocation WHERE invoked_by_id = '" + id + "'");
            }
            for (Map<String, String> unfit : List.of(
                    Map.of("scope", "a b"),
                    Map.of("scope", "x".repeat(37)),
                    Map.of("limitKey", "t"),
                    Map.of("scope", "a", "limitKey", "/"),
                    Map.of("scope", "a", "limitKey", "t/u/v"),
                    Map.of("scope", "a", "limitKey", "b c"))) {
                for (String handler : List.of("call", "send")) {
                    String id = world.send("Ops/" + handler, greeting(unfit));
                    String told = "SELECT DISTINCT event_json FROM sys_journal_events WHERE id = '" + id + "'";
                    world.awaitRows(1, told);
                    world.rows(told);
                    world.operate(id, "kill");
                    world.rows("SELECT id FROM sys_invocation WHERE invoked_by_id = '" + id + "'");
                }
            }
        });
    }

    private static Map<String, String> greeting(Map<String, String> more) {
        Map<String, String> request = new TreeMap<>(more);
        request.putAll(Map.of("service", "Ops", "method", "greet", "parameter", "Ada"));
        return request;
    }

    private static Answer ask(World world, String scopeAndVerb, String handler, String... headers) {
        String path = "/restate/scope/" + scopeAndVerb + "/" + world.service("Ops") + "/" + handler;
        return world.ingress("POST", path, "\"Ada\"", headers);
    }
}
