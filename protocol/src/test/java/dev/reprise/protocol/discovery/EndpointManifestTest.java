package dev.reprise.protocol.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.LambdaCompression;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointManifestTest {
    private static final HandlerManifest PLAIN_HANDLER = HandlerManifest.of(
            "add",
            HandlerType.EXCLUSIVE,
            new HandlerManifest.Input(true, "application/json", Map.of("type", "string")),
            new HandlerManifest.Output("application/json", false, true));

    private static EndpointManifest full() {
        HandlerManifest handler = new HandlerManifest(
                "add",
                HandlerType.EXCLUSIVE,
                PLAIN_HANDLER.input(),
                PLAIN_HANDLER.output(),
                "adds",
                Map.of("a", "b"),
                1L,
                2L,
                3L,
                4L,
                5L,
                true,
                false,
                6L,
                7L,
                8L,
                2.5,
                RetryPolicyOnMaxAttempts.KILL);
        ServiceManifest service = new ServiceManifest(
                "Counter",
                ServiceType.VIRTUAL_OBJECT,
                List.of(handler),
                "counts",
                Map.of("c", "d"),
                11L,
                12L,
                13L,
                14L,
                true,
                false,
                16L,
                17L,
                18L,
                1.5,
                RetryPolicyOnMaxAttempts.PAUSE);
        return new EndpointManifest(ProtocolMode.BIDI_STREAM, 5, 7, List.of(service), LambdaCompression.zstd);
    }

    @Test
    void forVersion_newest_isTheDocumentItself() {
        assertThat(full().forVersion(DiscoveryVersion.V4)).isEqualTo(full());
    }

    @Test
    void forVersion_oldest_keepsNamesAndTypesOnly() {
        ServiceManifest service = ServiceManifest.of("Counter", ServiceType.VIRTUAL_OBJECT, List.of(PLAIN_HANDLER));

        assertThat(full().forVersion(DiscoveryVersion.V1))
                .isEqualTo(new EndpointManifest(ProtocolMode.BIDI_STREAM, 5, 7, List.of(service), null));
    }

    @Test
    void forVersion_between_keepsWhatThatVersionHas() {
        ServiceManifest v2 = full().forVersion(DiscoveryVersion.V2).services().getFirst();
        ServiceManifest v3 = full().forVersion(DiscoveryVersion.V3).services().getFirst();

        assertThat(v2.documentation()).isEqualTo("counts");
        assertThat(v2.inactivityTimeout()).isNull();
        assertThat(v3.handlers().getFirst().workflowCompletionRetention()).isEqualTo(5);
        assertThat(v3.handlers().getFirst().retryPolicyMaxAttempts()).isNull();
    }

    @Test
    void metadata_keepsItsOrder() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 50; i > 0; i--) {
            metadata.put("key" + i, "value");
        }
        HandlerManifest handler = new HandlerManifest(
                "h", null, null, null, null, metadata, null, null, null, null, null, null, null, null, null, null, null,
                null);

        assertThat(handler.metadata()).containsExactlyEntriesOf(metadata);
    }

    @Test
    void newestAccepted_ofHeader_picksTheNewestKnown() {
        String v1 = "application/vnd.restate.endpointmanifest.v1+json";
        String v3 = "application/vnd.restate.endpointmanifest.v3+json";

        assertThat(DiscoveryVersion.newestAccepted("")).contains(DiscoveryVersion.V1);
        assertThat(DiscoveryVersion.newestAccepted(v1)).contains(DiscoveryVersion.V1);
        assertThat(DiscoveryVersion.newestAccepted(v3 + ";q=0.9, " + v1)).contains(DiscoveryVersion.V3);
        assertThat(DiscoveryVersion.newestAccepted("application/json")).isEmpty();
        assertThat(DiscoveryVersion.V4.contentType()).isEqualTo("application/vnd.restate.endpointmanifest.v4+json");
    }
}
