package dev.reprise.interop.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds a tree of promises from a plan, as {@code combine.mjs} does. */
final class RepriseCombine {
    private final Context ctx;
    private final ReprisePeers peers;
    private int names;

    RepriseCombine(Context ctx, ReprisePeers peers) {
        this.ctx = ctx;
        this.peers = peers;
    }

    @Nullable
    Object resultOf(JsonNode plan) {
        try {
            return build(plan).await();
        } catch (AggregateException none) {
            throw new TerminalException("none: "
                    + none.errors().stream().map(TerminalException::getMessage).collect(Collectors.joining(",")));
        }
    }

    private RestatePromise<@Nullable Object> build(JsonNode node) {
        RestatePromise<@Nullable Object> promise = combined(node);
        return node.has("orTimeout")
                ? promise.orTimeout(Duration.ofMillis(node.get("orTimeout").asLong()))
                : promise;
    }

    private RestatePromise<@Nullable Object> combined(JsonNode node) {
        if (node.has("all")) {
            return RestatePromise.<@Nullable Object>all(parts(node.get("all"))).map(values -> values);
        }
        if (node.has("any")) {
            return RestatePromise.any(parts(node.get("any")));
        }
        if (node.has("race")) {
            return RestatePromise.race(parts(node.get("race")));
        }
        return node.has("allSettled")
                ? RestatePromise.<@Nullable Object>allSettled(parts(node.get("allSettled")))
                        .map(endings ->
                                endings.stream().map(RepriseCombine::shown).toList())
                : leaf(node);
    }

    private static Map<String, Object> shown(Settled<?> ending) {
        return switch (ending) {
            case Settled.Fulfilled<?> fulfilled -> Map.of("value", String.valueOf(fulfilled.value()));
            case Settled.Rejected<?> rejected ->
                Map.of("reason", rejected.reason().getMessage());
        };
    }

    private List<RestatePromise<@Nullable Object>> parts(JsonNode nodes) {
        List<RestatePromise<@Nullable Object>> parts = new ArrayList<>();
        nodes.forEach(node -> parts.add(build(node)));
        return parts;
    }

    private RestatePromise<@Nullable Object> leaf(JsonNode node) {
        if (node.has("value")) {
            return ctx.runAsync("value-" + names++, JsonValues.ANY, () -> node.get("value"));
        }
        if (node.has("fail")) {
            return ctx.runAsync("fail-" + names++, JsonValues.ANY, () -> {
                throw new TerminalException(400, node.get("fail").asText());
            });
        }
        if (node.has("sleep")) {
            return ctx.timer(Duration.ofMillis(node.get("sleep").asLong())).map(_ -> "slept");
        }
        if (node.has("call")) {
            return peers.ops(ctx, "greet", node.get("call"), CallOptions.NONE);
        }
        return ctx.awakeable(JsonValues.ANY).promise();
    }
}
