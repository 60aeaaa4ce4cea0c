package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.registry.ServiceChanges;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryStoreTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("registry.json");
    }

    @Test
    void load_nothingSaved_isEmpty() {
        assertThat(new FileRegistryStore(file).load()).isEmpty();
    }

    @Test
    void save_everyField_isLoadedAgain() {
        Registry registry = new Registry(new FileRegistryStore(file));
        registry.register(deployment(1));
        registry.register(deployment(2));
        registry.change(
                "Counter",
                new ServiceChanges(
                        false,
                        Duration.ofNanos(1_500_000_001),
                        Duration.ofHours(2),
                        Duration.ZERO,
                        Duration.ofDays(3),
                        null));

        Registry reopened = new Registry(new FileRegistryStore(file));

        assertThat(reopened.deployments()).isEqualTo(registry.deployments());
        assertThat(reopened.services()).isEqualTo(registry.services());
        assertThat(reopened.service(deployment(1).id(), "Counter"))
                .isEqualTo(registry.service(deployment(1).id(), "Counter"));
        assertThat(folder).isDirectoryContaining("glob:**registry.json");
        assertThat(folder).isDirectoryNotContaining("glob:**.next");
    }

    @Test
    void load_newerFormat_isRefusedAndLeft() throws IOException {
        Files.writeString(file, "{\"format\":3,\"deployments\":[],\"unknown\":{}}");

        assertThatThrownBy(() -> new FileRegistryStore(file).load())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Expected format 2 in " + file + ", found 3");
        assertThat(file).hasContent("{\"format\":3,\"deployments\":[],\"unknown\":{}}");
    }

    @Test
    void load_cutOff_isRefusedWithTheFileName() throws IOException {
        new FileRegistryStore(file).save(RegistryStore.State.EMPTY);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 2));

        assertThatThrownBy(() -> new FileRegistryStore(file).load())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void load_changedByHand_isRefused() throws IOException {
        Registry registry = new Registry(new FileRegistryStore(file));
        registry.register(deployment(1));
        Files.writeString(file, Files.readString(file).replace("localhost:9080", "localhost:9081"));

        assertThatThrownBy(() -> new FileRegistryStore(file).load())
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll(file.toString(), "changed", "--accept-loss");
    }

    @Test
    void load_emptied_isRefused() throws IOException {
        Files.createFile(file);
        assertThatThrownBy(() -> new FileRegistryStore(file).load())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("found none");
    }

    @Test
    void save_folderGone_theRegistryStaysAsItWas() throws IOException {
        Registry registry =
                new Registry(new FileRegistryStore(folder.resolve("gone").resolve("registry.json")));

        assertThatThrownBy(() -> registry.register(deployment(1))).isInstanceOf(RegistryException.class);
        assertThat(registry.deployments()).isEmpty();
    }

    private static Deployment deployment(int number) {
        Map<String, String> ordered = new LinkedHashMap<>();
        ordered.put("z-first", "1");
        ordered.put("a-second", "2");
        HandlerManifest add = new HandlerManifest(
                "add",
                HandlerType.EXCLUSIVE,
                new HandlerManifest.Input(true, "application/json", Map.of("type", "integer", "maximum", 1.5)),
                new HandlerManifest.Output("application/json", false, List.of(true)),
                "adds",
                ordered,
                1L,
                2L,
                3L,
                4L,
                null,
                true,
                false,
                5L,
                6L,
                7L,
                1.5,
                RetryPolicyOnMaxAttempts.KILL);
        ServiceManifest counter = new ServiceManifest(
                "Counter",
                ServiceType.VIRTUAL_OBJECT,
                List.of(add, HandlerManifest.of("get", HandlerType.SHARED, null, null)),
                "counts",
                ordered,
                1L,
                2L,
                3L,
                4L,
                false,
                true,
                5L,
                6L,
                7L,
                2.0,
                RetryPolicyOnMaxAttempts.PAUSE);
        return new Deployment(
                new DeploymentId(7, number),
                new DeploymentEndpoint.Http(URI.create("http://localhost:9080/"), HttpVersion.HTTP_2, ordered),
                new EndpointManifest(ProtocolMode.BIDI_STREAM, 5, 7, List.of(counter), null),
                "sdk/1",
                ordered,
                123);
    }
}
