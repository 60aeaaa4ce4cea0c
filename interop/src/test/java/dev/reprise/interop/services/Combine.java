package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.restate.sdk.Context;
import dev.restate.sdk.DurableFuture;
import dev.restate.sdk.Select;
import dev.restate.sdk.common.TerminalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds a tree of futures from a plan, as {@code combine.mjs} does, with the combinators that this SDK has. */
final class Combine {
    private final Context ctx;
    private final Peers peers;
    private int names;

    Combine(Context ctx, Peers peers) {
        this.ctx = ctx;
        this.peers = peers;
    }

    Object resultOf(JsonNode plan) {
        return build(plan).await();
    }

    private DurableFuture<Object> build(JsonNode node) {
        DurableFuture<Object> future =
                node.has("all") ? all(node.get("all")) : node.has("race") ? race(node.get("race")) : leaf(node);
        return node.has("orTimeout")
                ? future.withTimeout(Duration.ofMillis(node.get("orTimeout").asLong()))
                : future;
    }

    private DurableFuture<Object> all(JsonNode nodes) {
        List<DurableFuture<Object>> parts = parts(nodes);
        return DurableFuture.all(List.copyOf(parts))
                .map(_ -> parts.stream().map(DurableFuture::await).toList());
    }

    private DurableFuture<Object> race(JsonNode nodes) {
        Select<Object> race = Select.select();
        parts(nodes).forEach(race::or);
        return race;
    }

    private List<DurableFuture<Object>> parts(JsonNode nodes) {
        List<DurableFuture<Object>> parts = new ArrayList<>();
        nodes.forEach(node -> parts.add(build(node)));
        return parts;
    }

    private DurableFuture<Object> leaf(JsonNode node) {
        if (node.has("value")) {
            return ctx.runAsync("value-" + names++, Handlers.ANY, () -> node.get("value"));
        }
        if (node.has("fail")) {
            return ctx.runAsync("fail-" + names++, Handlers.ANY, () -> {
                throw new TerminalException(400, node.get("fail").asText());
            });
        }
        if (node.has("sleep")) {
            return ctx.timer(Duration.ofMillis(node.get("sleep").asLong())).map(_ -> "slept");
        }
        if (node.has("call")) {
            return ctx.call(peers.ops("greet", node.get("call")));
        }
        return ctx.awakeable(Handlers.ANY);
    }
}
