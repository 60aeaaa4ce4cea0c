package dev.reprise.sdk.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.DiscoveryVersion;
import dev.reprise.protocol.discovery.EndpointManifest;

/**
 * The discovery document as JSON. Its fields are the components of {@link EndpointManifest} that are not null.
 */
public final class ManifestJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private ManifestJson() {}

    /**
     * Writes a document for a reader of {@code version}. Texts for people, such as documentation and metadata, are left
     * out for a reader that does not know them.
     *
     * @throws IllegalStateException when the document has options that this version cannot express, so that the engine
     *     would ignore them
     */
    public static Bytes write(EndpointManifest manifest, DiscoveryVersion version) {
        DiscoveryVersion atLeastV2 = version == DiscoveryVersion.V1 ? DiscoveryVersion.V2 : version;
        if (!manifest.forVersion(atLeastV2).equals(manifest)) {
            throw new IllegalStateException(
                    "Expected an engine that reads the options of these services, found one that"
                            + " reads discovery version " + version.number()
                            + ". Timeouts, retentions, lazy state and privacy need"
                            + " 3, retry policies 4: upgrade the engine, or remove them.");
        }
        try {
            return Bytes.wrap(MAPPER.writeValueAsBytes(manifest.forVersion(version)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected a document of texts and numbers: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * A JSON schema in the form that the document needs.
     *
     * @throws ServiceDefinitionException when it is not JSON
     */
    static Object schema(String json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new ServiceDefinitionException(
                    "Expected the JSON schema of a serde to be JSON, found something else: " + e.getOriginalMessage()
                            + ". Correct Serde.jsonSchema().",
                    e);
        }
    }
}
