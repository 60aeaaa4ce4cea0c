package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.interop.harness.Subject;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import dev.reprise.sdk.client.StallPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** This project's client finds out on either server that it waits for an invocation which is paused. */
final class StalledCallsTest {
    @ParameterizedTest
    @EnumSource(names = "JAVA_STREAMING")
    void attach_toAPausedInvocation_isToldByTheAdminApi(Subject subject) {
        compare(subject, "stalled", world -> {
            String id = world.send("Ops/pauses", null);
            world.awaitStatus(id, "paused");
            Client client = Client.http(world.ingressAddress())
                    .admin(world.adminAddress())
                    .stalls(StallPolicy.WAIT.failingWhenPaused())
                    .connect();
            assertThatThrownBy(() -> client.invocation(id).attach(String.class))
                    .isInstanceOfSatisfying(
                            ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALLED))
                    .hasMessageContaining(id)
                    .hasMessageContaining(world.service("Ops") + "/pauses is paused");
            world.operate(id, "kill").expect(200, "");
        });
    }
}
