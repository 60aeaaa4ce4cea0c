package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.DiscoveryVersion;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.sdk.serde.Serde;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The document against the facts of {@code endpoint_manifest_schema.json}, the service protocol's schema for it. */
class ManifestsTest {
    private static final Set<String> DOCUMENT =
            Set.of("protocolMode", "minProtocolVersion", "maxProtocolVersion", "lambdaCompression", "services");
    private static final Set<String> COMMON = Set.of(
            "name",
            "documentation",
            "ty",
            "inactivityTimeout",
            "abortTimeout",
            "journalRetention",
            "idempotencyRetention",
            "enableLazyState",
            "ingressPrivate",
            "retryPolicyInitialInterval",
            "retryPolicyMaxInterval",
            "retryPolicyMaxAttempts",
            "retryPolicyExponentiationFactor",
            "retryPolicyOnMaxAttempts",
            "metadata");

    private static final HandlerOptions EVERYTHING = HandlerOptions.builder()
            .documentation("Text.")
            .metadata("team", "a")
            .inactivityTimeout(Duration.ofSeconds(1))
            .abortTimeout(Duration.ofSeconds(2))
            .journalRetention(Duration.ofSeconds(3))
            .lazyState(true)
            .ingressPrivate(true)
            .retryPolicy(InvocationRetryPolicy.maxAttempts(7, InvocationRetryPolicy.OnMaxAttempts.KILL)
                    .withInitialInterval(Duration.ofMillis(50))
                    .withMaxInterval(Duration.ofSeconds(9))
                    .withExponentiationFactor(1.5))
            .build();

    private static final String EVERYTHING_JSON = """
            "documentation":"Text.","metadata":{"team":"a"},"inactivityTimeout":1000,"abortTimeout":2000,\
            "journalRetention":3000,%s"enableLazyState":true,"ingressPrivate":true,"retryPolicyInitialInterval":50,\
            "retryPolicyMaxInterval":9000,"retryPolicyMaxAttempts":7,"retryPolicyExponentiationFactor":1.5,\
            "retryPolicyOnMaxAttempts":"KILL\"""";

    private static ServiceDefinition service() {
        return ServiceDefinition.service("Greeter")
                .handler("greet", String.class, String.class, (ctx, name) -> name)
                .handler("nothing", Serde.none(), Serde.none(), (ctx, none) -> null)
                .handler("raw", Serde.raw(), Serde.raw(), (ctx, bytes) -> bytes)
                .build();
    }

    private static ServiceDefinition object() {
        return ServiceDefinition.object("Counter")
                .handler("add", Long.class, Long.class, (ctx, amount) -> amount)
                .shared("total", Void.class, Long.class, (ctx, nothing) -> 1L)
                .build();
    }

    private static ServiceDefinition workflow() {
        return ServiceDefinition.workflow("Signup")
                .run("run", String.class, Boolean.class, (ctx, email) -> true)
                .shared("status", Void.class, String.class, (ctx, nothing) -> "")
                .build();
    }

    private static String json(DiscoveryVersion version, ServiceDefinition... services) {
        return ManifestJson.write(Manifests.of(List.of(services), ProtocolMode.BIDI_STREAM), version)
                .utf8();
    }

    @Test
    void services_written_haveKindsAndPayloads() {
        assertThat(json(DiscoveryVersion.V1, service(), object(), workflow())).isEqualTo("""
                        {"protocolMode":"BIDI_STREAM","minProtocolVersion":5,"maxProtocolVersion":7,"services":[\
                        {"name":"Greeter","ty":"SERVICE","handlers":[\
                        {"name":"greet","input":{"required":true,"contentType":"application/json",\
                        "jsonSchema":{"type":"string"}},\
                        "output":{"contentType":"application/json","setContentTypeIfEmpty":false,\
                        "jsonSchema":{"type":"string"}}},\
                        {"name":"nothing","input":{},"output":{"setContentTypeIfEmpty":false}},\
                        {"name":"raw","input":{"required":true,"contentType":"application/octet-stream"},\
                        "output":{"contentType":"application/octet-stream","setContentTypeIfEmpty":false}}]},\
                        {"name":"Counter","ty":"VIRTUAL_OBJECT","handlers":[\
                        {"name":"add","ty":"EXCLUSIVE","input":{"required":true,"contentType":"application/json",\
                        "jsonSchema":{"type":"integer"}},\
                        "output":{"contentType":"application/json","setContentTypeIfEmpty":false,\
                        "jsonSchema":{"type":"integer"}}},\
                        {"name":"total","ty":"SHARED","input":{},\
                        "output":{"contentType":"application/json","setContentTypeIfEmpty":false,\
                        "jsonSchema":{"type":"integer"}}}]},\
                        {"name":"Signup","ty":"WORKFLOW","handlers":[\
                        {"name":"run","ty":"WORKFLOW","input":{"required":true,"contentType":"application/json",\
                        "jsonSchema":{"type":"string"}},\
                        "output":{"contentType":"application/json","setContentTypeIfEmpty":false,\
                        "jsonSchema":{"type":"boolean"}}},\
                        {"name":"status","ty":"SHARED","input":{},\
                        "output":{"contentType":"application/json","setContentTypeIfEmpty":false,\
                        "jsonSchema":{"type":"string"}}}]}]}\
                        """);
    }

    @Test
    void options_written_areMillisecondsInTheirFields() {
        ServiceDefinition counter = object().withOptions(EVERYTHING)
                .withOptions("add", EVERYTHING)
                .withOptions(
                        "add",
                        HandlerOptions.builder()
                                .idempotencyRetention(Duration.ofSeconds(4))
                                .accept("application/*")
                                .build());

        assertThat(json(DiscoveryVersion.V4, counter))
                .contains("]," + EVERYTHING_JSON.formatted(""))
                .contains(
                        "\"input\":{\"required\":true,\"contentType\":\"application/*\",\"jsonSchema\":{\"type\":\"integer\"}}")
                .contains("}," + EVERYTHING_JSON.formatted("\"idempotencyRetention\":4000,"));
    }

    @Test
    void workflowRetention_ofWorkflow_isWrittenForItsRunHandler() throws IOException {
        HandlerOptions day =
                HandlerOptions.builder().workflowRetention(Duration.ofDays(1)).build();
        HandlerOptions hour =
                HandlerOptions.builder().workflowRetention(Duration.ofHours(1)).build();

        JsonNode ofWorkflow = firstHandler(workflow().withOptions(day));
        JsonNode ofRun = firstHandler(workflow().withOptions(day).withOptions("run", hour));

        assertThat(ofWorkflow.get("workflowCompletionRetention").asLong()).isEqualTo(86_400_000);
        assertThat(ofRun.get("workflowCompletionRetention").asLong()).isEqualTo(3_600_000);
    }

    private static JsonNode firstHandler(ServiceDefinition service) throws IOException {
        return read(json(DiscoveryVersion.V4, service)).at("/services/0/handlers/0");
    }

    private static JsonNode read(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void document_written_hasOnlyFieldsOfTheSchema() throws IOException {
        JsonNode document = read(json(
                DiscoveryVersion.V4,
                service().withOptions(EVERYTHING).withOptions("greet", EVERYTHING),
                object().withOptions(EVERYTHING),
                workflow().withOptions("run", EVERYTHING)));

        assertFields(document, DOCUMENT, Set.of());
        for (JsonNode service : document.get("services")) {
            assertFields(service, COMMON, Set.of("handlers"));
            assertThat(service.has("name") && service.has("ty") && service.has("handlers"))
                    .isTrue();
            for (JsonNode handler : service.get("handlers")) {
                assertFields(handler, COMMON, Set.of("input", "output", "workflowCompletionRetention"));
                assertFields(handler.get("input"), Set.of("required", "contentType", "jsonSchema"), Set.of());
                assertFields(
                        handler.get("output"), Set.of("contentType", "setContentTypeIfEmpty", "jsonSchema"), Set.of());
            }
        }
    }

    private static void assertFields(JsonNode node, Set<String> allowed, Set<String> more) {
        node.fieldNames()
                .forEachRemaining(field -> assertThat(allowed.contains(field) || more.contains(field))
                        .as(field)
                        .isTrue());
    }

    @Test
    void olderReader_documentation_isLeftOut() {
        ServiceDefinition documented = service()
                .withOptions(HandlerOptions.builder().documentation("Text.").build());

        assertThat(json(DiscoveryVersion.V1, documented)).doesNotContain("documentation");
        assertThat(json(DiscoveryVersion.V2, documented)).contains("\"documentation\":\"Text.\"");
    }

    @Test
    void olderReader_optionsItWouldNotHeed_areRefused() {
        ServiceDefinition secret = service()
                .withOptions(HandlerOptions.builder().ingressPrivate(true).build());

        assertThatThrownBy(() -> json(DiscoveryVersion.V2, secret))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found one that reads discovery version 2");
        assertThatThrownBy(() -> json(DiscoveryVersion.V1, secret)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> json(DiscoveryVersion.V3, service().withOptions(EVERYTHING)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(json(DiscoveryVersion.V3, secret)).contains("\"ingressPrivate\":true");
    }

    @Test
    void twoServicesOfOneName_inOneEndpoint_areRefused() {
        assertThatThrownBy(() -> json(DiscoveryVersion.V4, service(), service()))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("found two named \"Greeter\"");
    }

    private record WithSchema(String schema) implements Serde<String> {
        @Override
        public Bytes serialize(String value) {
            return Bytes.utf8(value);
        }

        @Override
        public String deserialize(Bytes bytes) {
            return bytes.utf8();
        }

        @Override
        public Optional<String> jsonSchema() {
            return Optional.of(schema);
        }
    }

    private static ServiceDefinition withSchema(String schema) {
        return ServiceDefinition.service("S")
                .handler("a", new WithSchema(schema), new WithSchema(schema), (ctx, text) -> text)
                .build();
    }

    @Test
    void jsonSchema_ofSerde_isWrittenAsJson() {
        assertThat(json(DiscoveryVersion.V4, withSchema("{\"type\": \"string\"}")))
                .contains("\"contentType\":\"application/octet-stream\",\"jsonSchema\":{\"type\":\"string\"}}");
        assertThatThrownBy(() -> json(DiscoveryVersion.V4, withSchema("{")))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("Correct Serde.jsonSchema()");
    }
}
