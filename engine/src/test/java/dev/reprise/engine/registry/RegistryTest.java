package dev.reprise.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final ServiceChanges PRIVATE = new ServiceChanges(false, null, null, null, null, null);

    private final Registry registry = new Registry(RegistryStore.NONE);

    @Test
    void register_secondDeploymentOfAService_isItsNextRevision() {
        registry.register(deployment(1, "Greeter"));
        registry.register(deployment(2, "Greeter", "Counter"));

        assertThat(latest("Greeter")).isEqualTo("2@2");
        assertThat(latest("Counter")).isEqualTo("2@1");
        assertThat(registry.service(id(1), "Greeter").orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void remove_newestDeployment_theRevisionBeforeIsTheNewest() {
        registry.register(deployment(1, "Greeter"));
        registry.change("Greeter", PRIVATE);
        registry.register(deployment(2, "Greeter"));

        assertThat(registry.service("Greeter").orElseThrow().changes()).isEqualTo(ServiceChanges.NONE);
        assertThat(registry.remove(id(2))).isTrue();
        assertThat(latest("Greeter")).isEqualTo("1@1");
        assertThat(registry.service("Greeter").orElseThrow().changes()).isEqualTo(PRIVATE);
        assertThat(registry.remove(id(2))).isFalse();
    }

    @Test
    void register_sameIdAgain_newRevisionAndNoChanges() {
        registry.register(deployment(1, "Greeter", "Gone"));
        registry.change("Greeter", PRIVATE);
        registry.register(deployment(1, "Greeter"));

        assertThat(latest("Greeter")).isEqualTo("1@2");
        assertThat(registry.service("Greeter").orElseThrow().changes()).isEqualTo(ServiceChanges.NONE);
        assertThat(registry.service("Gone")).isEmpty();
        assertThat(registry.deployments()).hasSize(1);
    }

    @Test
    void relocate_keepsRevisionsAndChanges() {
        registry.register(deployment(1, "Greeter"));
        registry.register(deployment(2, "Greeter"));
        registry.change("Greeter", PRIVATE);
        registry.relocate(deployment(2, "Greeter"));

        assertThat(latest("Greeter")).isEqualTo("2@2");
        assertThat(isPublic()).isFalse();
        assertThat(registry.deployments()).extracting(Deployment::id).containsExactly(id(1), id(2));
    }

    @Test
    void overwrite_keepsRevisionsAndDropsChanges() {
        registry.register(deployment(1, "Greeter"));
        registry.register(deployment(2, "Greeter"));
        registry.change("Greeter", PRIVATE);
        registry.overwrite(deployment(2, "Greeter", "Added"));

        assertThat(latest("Greeter")).isEqualTo("2@2");
        assertThat(latest("Added")).isEqualTo("2@1");
        assertThat(isPublic()).isTrue();
    }

    @Test
    void detached_changed_theOriginalStays() {
        registry.register(deployment(1, "Greeter"));
        Registry copy = registry.detached();
        copy.register(deployment(2, "Greeter"));

        assertThat(copy.service("Greeter").orElseThrow().revision()).isEqualTo(2);
        assertThat(latest("Greeter")).isEqualTo("1@1");
    }

    @Test
    void workflow_handlerWithoutType_isShared() {
        ServiceManifest workflow = ServiceManifest.of(
                "Signup",
                ServiceType.WORKFLOW,
                List.of(
                        HandlerManifest.of("run", HandlerType.WORKFLOW, null, null),
                        HandlerManifest.of("click", null, null, null)));
        registry.register(deployment(1, List.of(workflow)));

        assertThat(kind("Signup", "run")).contains(HandlerKind.WORKFLOW_RUN);
        assertThat(kind("Signup", "click")).contains(HandlerKind.WORKFLOW_SHARED);
    }

    private Optional<HandlerKind> kind(String service, String handler) {
        return registry.service(service)
                .flatMap(found -> found.handler(handler))
                .map(HandlerDescriptor::kind);
    }

    private boolean isPublic() {
        return registry.service("Greeter")
                .flatMap(found -> found.handler("handle"))
                .orElseThrow()
                .isPublic();
    }

    private String latest(String service) {
        ServiceDescriptor found = registry.service(service).orElseThrow();
        return found.deployment().low() + "@" + found.revision();
    }

    private static DeploymentId id(int number) {
        return new DeploymentId(0, number);
    }

    private static Deployment deployment(int number, String... services) {
        HandlerManifest handler = HandlerManifest.of("handle", null, null, null);
        return deployment(
                number,
                List.of(services).stream()
                        .map(name -> ServiceManifest.of(name, ServiceType.SERVICE, List.of(handler)))
                        .toList());
    }

    private static Deployment deployment(int number, List<ServiceManifest> services) {
        EndpointManifest manifest = new EndpointManifest(null, 5, 7, services, null);
        return new Deployment(id(number), new DeploymentEndpoint.InProcess(), manifest, null, Map.of(), 0);
    }
}
