package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.restate.sdk.Context;
import dev.restate.sdk.common.TerminalException;
import java.time.Duration;

/** Handlers that are interrupted, by cancellations and pauses, and steps that wait until a client lets them go. */
final class Interrupted {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Peers peers;
    private final Gates gates = new Gates();

    Interrupted(Peers peers) {
        this.peers = peers;
    }

    void addTo(Handlers handlers) {
        handlers.shared("gated", (Context ctx, JsonNode _) -> {
                    gated(ctx);
                    return gates.entered(idOf(ctx));
                })
                .shared("entered", (Context _, JsonNode id) -> gates.entered(id.asText()))
                .shared("letGo", (Context _, JsonNode id) -> {
                    gates.open(id.asText());
                    return null;
                })
                .shared(
                        "undo",
                        (Context ctx, JsonNode in) ->
                                undo(ctx, in.get("cell").asText(), in.get("how").asText()));
    }

    private void gated(Context ctx) {
        String id = idOf(ctx);
        ctx.run("gated", () -> gates.pass(id));
    }

    /** Cancelled, it undoes something that takes long, until it is cancelled once more. */
    private Object undo(Context ctx, String cell, String how) {
        try {
            return peers.awakeable(ctx, cell).await();
        } catch (TerminalException first) {
            try {
                undoing(ctx, cell + "-undo", how);
            } catch (TerminalException second) {
                peers.put(ctx, cell, "undone", first.getCode() + " " + second.getCode());
                throw second;
            }
            throw first;
        }
    }

    private void undoing(Context ctx, String cell, String how) {
        switch (how) {
            case "call" ->
                ctx.call(peers.ops("waitForAwakeable", TextNode.valueOf(cell))).await();
            case "sleep" -> ctx.sleep(LONG);
            case "awakeable" -> peers.awakeable(ctx, cell).await();
            case "run" -> gated(ctx);
            default -> throw new IllegalArgumentException("nothing takes long by the name of " + how);
        }
    }

    private static String idOf(Context ctx) {
        return ctx.request().invocationId().toString();
    }
}
