package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientInvocation;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the SDK's client asks of an invocation over HTTP. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientCommandsTest {
    private static final String DEPLOYMENT = "http://services.test:9080/";

    private AdminWorld world;
    private Client client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        world = new AdminWorld();
        world.serveServices(DEPLOYMENT);
        world.send(world.admin(), "POST", "/deployments", "{\"uri\":\"" + DEPLOYMENT + "\"}", true);
        client = Client.http(world.ingress()).admin(world.admin()).connect();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private ClientInvocation send(String handler) {
        return client.send(Target.service("Test", handler), "x");
    }

    private void awaitStatus(ClientInvocation sent, Class<? extends InvocationStatus> status) {
        while (!status.isInstance(world.invocation(sent.id()).status())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void pauseAndResume_stopItAndLetItRun() {
        ClientInvocation sent = send("failing");
        sent.pause();
        awaitStatus(sent, InvocationStatus.Paused.class);
        sent.resume();
        awaitStatus(sent, InvocationStatus.Invoked.class);
    }

    @Test
    void purge_forgetsACompletedInvocation() {
        ClientInvocation sent = send("done");
        assertThat(sent.attach(String.class)).isEqualTo("x");
        sent.purge();
        assertThatThrownBy(() -> sent.output(String.class))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.code()).isEqualTo(404));
    }
}
