package dev.reprise.server.deployment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.protocol.discovery.EndpointManifest;
import java.io.IOException;

/**
 * Reads a discovery document. It trusts nothing: its result can be registered, as far as the document alone can tell.
 */
final class ManifestReader {
    private static final int DEPTH_MAX = 200;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private ManifestReader() {}

    /**
     * Reads and checks a document.
     *
     * @throws DiscoveryException when it is not a valid one
     */
    static EndpointManifest read(byte[] document) {
        try {
            JsonNode root = JSON.readTree(document);
            requireLists(root);
            EndpointManifest manifest = JSON.treeToValue(root, EndpointManifest.class);
            ManifestRules.check(manifest);
            return manifest;
        } catch (JsonProcessingException e) {
            throw undecodable(e.getOriginalMessage());
        } catch (IOException e) {
            throw undecodable(String.valueOf(e.getMessage()));
        }
    }

    /** The records require these, so that an error names the missing one. */
    private static void requireLists(JsonNode root) {
        if (!root.path("services").isArray()) {
            throw DiscoveryException.badAnswer("missing field 'services', a list");
        }
        for (JsonNode service : root.path("services")) {
            String name = service.path("name").asText("");
            if (name.isEmpty() || !service.hasNonNull("ty")) {
                throw DiscoveryException.badAnswer(
                        "a service must have the fields 'name' and 'ty', found '" + name + "'");
            }
            if (!service.path("handlers").isArray()) {
                throw DiscoveryException.badAnswer("missing field 'handlers', a list, of service '" + name + "'");
            }
            for (JsonNode handler : service.path("handlers")) {
                if (!handler.path("name").isTextual()) {
                    throw DiscoveryException.badAnswer("missing field 'name' of a handler of service '" + name + "'");
                }
            }
        }
    }

    private static DiscoveryException undecodable(String reason) {
        return new DiscoveryException(
                null,
                "received a bad response from the SDK that cannot be decoded: " + DiscoveryClient.visible(reason) + ".",
                false);
    }
}
