package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.restate.common.Request;
import dev.restate.common.RequestBuilder;
import dev.restate.common.Target;
import dev.restate.sdk.Awakeable;
import dev.restate.sdk.Context;
import dev.restate.sdk.DurableFuture;

/** How the handlers of one variant reach each other. */
record Peers(String variant) {

    RequestBuilder<JsonNode, Object> ops(String handler, JsonNode parameter) {
        return Request.of(Target.service("Ops" + variant, handler), Handlers.JSON, Handlers.ANY, parameter);
    }

    /** A request as the contract describes it: {@code {service, key, method, parameter}}. */
    RequestBuilder<JsonNode, Object> described(JsonNode request) {
        String service = request.get("service").asText() + variant;
        String handler = request.get("method").asText();
        Target target = request.has("key")
                ? Target.virtualObject(service, request.get("key").asText(), handler)
                : Target.service(service, handler);
        return Request.of(target, Handlers.JSON, Handlers.ANY, request.path("parameter"));
    }

    void put(Context ctx, String cell, String name, Object value) {
        JsonNode parameter =
                JsonNodeFactory.instance.objectNode().put("name", name).putPOJO("value", value);
        Target set = Target.virtualObject("Cell" + variant, cell, "set");
        ctx.send(Request.of(set, Handlers.JSON, Handlers.ANY, parameter));
    }

    /** A new awakeable whose id the cell tells. */
    DurableFuture<Object> awakeable(Context ctx, String cell) {
        Awakeable<Object> awakeable = ctx.awakeable(Handlers.ANY);
        put(ctx, cell, "awakeable", awakeable.id());
        return awakeable;
    }
}
