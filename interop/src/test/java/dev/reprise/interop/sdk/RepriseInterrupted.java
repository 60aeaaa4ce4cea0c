package dev.reprise.interop.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.interop.services.Gates;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that are interrupted, by signals, cancellations and pauses, and steps that wait until a client lets them go.
 */
final class RepriseInterrupted {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final ReprisePeers peers;
    private final Gates gates = new Gates();

    RepriseInterrupted(ReprisePeers peers) {
        this.peers = peers;
    }

    void addTo(ServiceBuilder.OfService service) {
        add(service, "gated", (ctx, _) -> {
            gated(ctx);
            return gates.entered(ctx.request().invocationId());
        });
        add(service, "entered", (_, id) -> gates.entered(id.asText()));
        add(service, "letGo", (_, id) -> {
            gates.open(id.asText());
            return null;
        });
        add(
                service,
                "undo",
                (ctx, in) -> undo(ctx, in.get("cell").asText(), in.get("how").asText()));
        add(service, "signals", this::signals);
    }

    private static void add(
            ServiceBuilder.OfService service, String name, Code<Context, JsonNode, @Nullable Object> code) {
        service.handler(name, JsonValues.JSON, JsonValues.ANY, code);
    }

    private void gated(Context ctx) {
        String id = ctx.request().invocationId();
        ctx.run("gated", () -> gates.pass(id));
    }

    /** Cancelled, it undoes something that takes long, until it is cancelled once more. */
    private @Nullable Object undo(Context ctx, String cell, String how) {
        try {
            return peers.awakeable(ctx, cell).await();
        } catch (TerminalException first) {
            try {
                undoing(ctx, cell + "-undo", how);
            } catch (TerminalException second) {
                peers.put(ctx, cell, "undone", first.code() + " " + second.code());
                throw second;
            }
            throw first;
        }
    }

    private void undoing(Context ctx, String cell, String how) {
        switch (how) {
            case "call" ->
                peers.ops(ctx, "waitForAwakeable", TextNode.valueOf(cell), CallOptions.NONE)
                        .await();
            case "sleep" -> ctx.sleep(LONG);
            case "awakeable" -> peers.awakeable(ctx, cell).await();
            case "run" -> gated(ctx);
            default -> throw new IllegalArgumentException("nothing takes long by the name of " + how);
        }
    }

    /**
     * Signals of one name: makes promises of them, takes the first or the last of these, and waits or tells between.
     */
    private List<@Nullable Object> signals(Context ctx, JsonNode in) {
        String cell = in.get("cell").asText();
        Deque<RestatePromise<@Nullable Object>> made = new ArrayDeque<>();
        List<@Nullable Object> taken = new ArrayList<>();
        for (JsonNode step : in.get("plan")) {
            switch (step.asText()) {
                case "make" -> made.add(ctx.signal("go", JsonValues.ANY));
                case "take" -> taken.add(made.removeFirst().await());
                case "take last" -> taken.add(made.removeLast().await());
                case "wait" -> peers.awakeable(ctx, cell).await();
                default -> peers.put(ctx, cell, step.asText(), taken.size());
            }
        }
        return taken;
    }
}
