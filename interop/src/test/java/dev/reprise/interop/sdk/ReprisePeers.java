package dev.reprise.interop.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import org.jspecify.annotations.Nullable;

/** How the handlers of one variant reach each other. */
record ReprisePeers(String variant) {
    CallPromise<@Nullable Object> ops(Context ctx, String handler, JsonNode parameter, CallOptions options) {
        Target target = Target.service("Ops" + variant, handler);
        return ctx.call(target, JsonValues.JSON, parameter, JsonValues.ANY, options);
    }

    /** The target of a request as the contract describes it: {@code {service, key, method, parameter}}. */
    Target target(JsonNode request) {
        String service = request.get("service").asText() + variant;
        String handler = request.get("method").asText();
        return request.has("key")
                ? Target.object(service, request.get("key").asText(), handler)
                : Target.service(service, handler);
    }

    void put(Context ctx, String cell, String name, Object value) {
        JsonNode parameter =
                JsonNodeFactory.instance.objectNode().put("name", name).putPOJO("value", value);
        ctx.send(Target.object("Cell" + variant, cell, "set"), JsonValues.JSON, parameter, SendOptions.NONE);
    }

    /** A new awakeable whose id the cell tells. */
    RestatePromise<@Nullable Object> awakeable(Context ctx, String cell) {
        Awakeable<@Nullable Object> awakeable = ctx.awakeable(JsonValues.ANY);
        put(ctx, cell, "awakeable", awakeable.id());
        return awakeable.promise();
    }
}
