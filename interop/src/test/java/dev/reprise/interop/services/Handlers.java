package dev.reprise.interop.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.restate.common.function.ThrowingBiFunction;
import dev.restate.sdk.Context;
import dev.restate.sdk.HandlerRunner;
import dev.restate.sdk.endpoint.definition.HandlerDefinition;
import dev.restate.sdk.endpoint.definition.HandlerType;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.serde.Serde;
import dev.restate.serde.jackson.JacksonSerdeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The handlers of one service, each JSON in and JSON out. Bound by hand, because a variant decides the service's name.
 */
final class Handlers {
    static final Serde<JsonNode> JSON = JacksonSerdeFactory.DEFAULT.create(JsonNode.class);
    static final Serde<Object> ANY = JacksonSerdeFactory.DEFAULT.create(Object.class);

    private final List<HandlerDefinition<?, ?>> definitions = new ArrayList<>();

    <C extends Context> Handlers exclusive(String name, ThrowingBiFunction<C, JsonNode, Object> body) {
        return add(name, HandlerType.EXCLUSIVE, body);
    }

    <C extends Context> Handlers shared(String name, ThrowingBiFunction<C, JsonNode, Object> body) {
        return add(name, HandlerType.SHARED, body);
    }

    <C extends Context> Handlers workflow(String name, ThrowingBiFunction<C, JsonNode, Object> body) {
        return add(name, HandlerType.WORKFLOW, body);
    }

    ServiceDefinition as(String service, ServiceType type) {
        return ServiceDefinition.of(service, type, definitions);
    }

    private <C extends Context> Handlers add(
            String name, HandlerType type, ThrowingBiFunction<C, JsonNode, Object> body) {
        var runner = HandlerRunner.of(body, JacksonSerdeFactory.DEFAULT, HandlerRunner.Options.DEFAULT);
        definitions.add(HandlerDefinition.of(name, type, JSON, ANY, runner));
        return this;
    }
}
