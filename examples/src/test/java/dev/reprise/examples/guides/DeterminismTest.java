package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.Reprise;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.InvocationRetryPolicy;
import dev.reprise.sdk.service.InvocationRetryPolicy.OnMaxAttempts;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.testkit.RepriseExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The handlers of {@code docs/determinism.md} do what the guide says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeterminismTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Determinism());

    @Test
    void handlersByTheRules_replayAlike(Client client) {
        TypedClient<Determinism> handlers = client.service(Determinism.class);
        assertThat(handlers.call(Determinism::right)).endsWith(", ticket of version 4, booked yesterday");
        assertThat(handlers.call(Determinism::branch, 1)).isEqualTo("done");
        assertThat(handlers.call(Determinism::branch, 200)).isEqualTo("done");
        assertThat(handlers.call(Determinism::inOrder, Map.of("tea", 2, "milk", 1)))
                .containsExactly("1 milk", "2 tea");
    }

    @Test
    void handlerThatDrawsItsOwnNumber_failsWithBothCommands() {
        HandlerOptions once = HandlerOptions.builder()
                .retryPolicy(InvocationRetryPolicy.maxAttempts(1, OnMaxAttempts.KILL))
                .build();
        EngineConfig suspending =
                EngineConfig.builder().inactivityTimeout(Duration.ZERO).build();
        try (Reprise engine = Reprise.embedded()
                .config(suspending)
                .bind(ServiceDefinition.of(new Determinism()).withOptions(once))
                .start()) {
            SentInvocation<String> sent =
                    engine.client().service(Determinism.class).send(Determinism::wrong);
            assertThatThrownBy(sent::attach).isInstanceOf(ClientException.class).hasMessageContaining("reserve seat");
        }
    }
}
