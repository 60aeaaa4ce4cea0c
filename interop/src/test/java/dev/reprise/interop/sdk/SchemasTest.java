package dev.reprise.interop.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.interop.harness.Lab;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What both servers show of the schemas that our SDK derives from the types of a handler. */
final class SchemasTest {
    record Part(String name, List<Part> parts, Optional<Instant> deliveredAt) {}

    record Receipt(Map<String, Part> delivered, long cents) {}

    /** Takes and gives nested and recursive types. */
    @Service
    public static final class SchemaShop {
        @Handler
        public Receipt order(Context ctx, Part part) {
            return new Receipt(Map.of(part.name(), part), 0);
        }
    }

    @Test
    void derivedSchemas_areAcceptedAndShownAlike() throws IOException {
        try (EndpointServer endpoint = Endpoint.bind(new SchemaShop()).listen(0)) {
            JsonNode original = schemas(ServerKind.ORIGINAL, endpoint);
            JsonNode ours = schemas(ServerKind.REPRISE, endpoint);

            assertThat(original.at("/orderRequest/properties/parts/items/$ref").asText())
                    .isEqualTo("#/components/schemas/orderRequest/$defs/Part");
            assertThat(original.at("/orderResponse/properties/delivered/additionalProperties/$ref")
                            .asText())
                    .isEqualTo("#/components/schemas/orderResponse/$defs/Part");
            assertThat(ours.get("orderRequest")).isEqualTo(original.get("orderRequest"));
            assertThat(ours.get("orderResponse")).isEqualTo(original.get("orderResponse"));
        }
    }

    @Test
    void requiredProperty_leftOutByACaller_reachesTheHandlerOnBoth() throws IOException {
        try (EndpointServer endpoint = Endpoint.bind(new SchemaShop()).listen(0)) {
            for (ServerKind kind : ServerKind.values()) {
                JsonNode schema = schemas(kind, endpoint).get("orderRequest");
                assertThat(schema.get("required")).extracting(JsonNode::asText).containsExactly("name", "parts");

                assertThat(Lab.shared()
                                .server(kind)
                                .call("/SchemaShop/order", Map.of("name", "screw"))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private static JsonNode schemas(ServerKind kind, EndpointServer endpoint) {
        Server server = Lab.shared().server(kind);
        server.register(URI.create("http://127.0.0.1:" + endpoint.port()), false);
        return server.document("/services/SchemaShop/openapi").at("/components/schemas");
    }
}
