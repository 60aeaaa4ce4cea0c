package dev.reprise.server.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.engine.Engine;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.id.InvocationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The state of virtual objects and workflows, which an operator can replace. */
final class StateResource {
    private final Engine engine;

    StateResource(Engine engine) {
        this.engine = engine;
    }

    void addTo(Routes routes) {
        routes.add("POST", "/services/{service}/state", "modify_service_state", this::modify);
    }

    /**
     * The body of a change.
     *
     * @param version the version that the state must have by then; null for any
     * @param newState each value as an array of bytes, or as text
     */
    record Change(
            @Nullable String version,

            @JsonProperty(value = "object_key", required = true)
            String objectKey,

            @Nullable String scope,

            @JsonProperty(value = "new_state", required = true)
            Map<String, JsonNode> newState) {

        Map<Bytes, Bytes> state() {
            Map<Bytes, Bytes> state = new LinkedHashMap<>();
            newState.forEach((key, value) -> state.put(Bytes.utf8(key), bytes(key, value)));
            return state;
        }

        private static Bytes bytes(String key, JsonNode value) {
            if (value.isTextual()) {
                return Bytes.utf8(value.textValue());
            }
            if (!value.isArray()) {
                throw unfitting(key);
            }
            byte[] bytes = new byte[value.size()];
            for (int i = 0; i < bytes.length; i++) {
                JsonNode one = value.get(i);
                if (!one.isInt() || one.intValue() < 0 || one.intValue() > 255) {
                    throw unfitting(key);
                }
                bytes[i] = (byte) one.intValue();
            }
            return Bytes.wrap(bytes);
        }

        private static AdminException unfitting(String key) {
            return AdminRequest.unfitting("new_state." + key + ": expected an array of numbers from 0 to 255");
        }
    }

    private AdminAnswer modify(AdminRequest request) {
        Change change = request.body(Change.class);
        if (change.objectKey() == null || change.newState() == null) {
            throw AdminRequest.unfitting("expected `object_key` and `new_state`");
        }
        Map<Bytes, Bytes> state = change.state();
        String service = request.parameter("service");
        check(service, state);
        ObjectId object = new ObjectId(service, change.objectKey(), change.scope());
        CompletableFuture<Response> made =
                engine.modifyState(service, change.objectKey(), change.scope(), state, change.version());
        CompletableFuture<Response> recorded = recorded(object);
        try {
            EngineAnswers.await(CompletableFuture.anyOf(made, recorded));
        } finally {
            made.cancel(false);
            recorded.cancel(false);
        }
        return AdminAnswer.empty(202);
    }

    /**
     * Completes once the log contains everything that was asked of the object's partition before, which the answer to a
     * later question shows. A change of a busy object is made in its turn, which may be long after.
     */
    private CompletableFuture<Response> recorded(ObjectId object) {
        InvocationId nobody = InvocationId.fresh(object.partitionKey(), 0, 0, 0);
        return engine.output(new InvocationReference.ById(nobody.toString()));
    }

    /** A service that no longer exists may still have state to clear. */
    private void check(String name, Map<Bytes, Bytes> state) {
        Optional<ServiceDescriptor> service = engine.registry().service(name);
        if (service.isEmpty() && !state.isEmpty()) {
            throw AdminException.missing("service", name);
        }
        if (service.isPresent() && service.get().manifest().ty() == ServiceType.SERVICE) {
            throw new AdminException(400, "Cannot modify state for service type Service");
        }
    }
}
