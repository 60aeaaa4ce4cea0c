package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.service.ServiceDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client in process asks of an invocation. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InvocationCommandsTest {
    private Reprise reprise;
    private ClientInvocation sent;

    @BeforeEach
    void send() {
        reprise = Reprise.embedded()
                .bind(ServiceDefinition.service("Waiter")
                        .handler(
                                "wait",
                                String.class,
                                String.class,
                                (ctx, name) -> ctx.signal(name, String.class).await())
                        .build())
                .start();
        sent = reprise.client().send(Target.service("Waiter", "wait"), "go");
    }

    @AfterEach
    void close() {
        reprise.close();
    }

    private void awaitStatus(Class<? extends InvocationStatus> status) {
        InvocationId id = InvocationId.parse(sent.id());
        while (!status.isInstance(
                reprise.engine().views().invocation(id).join().orElseThrow().status())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void signal_isTheValueOfItsAwait() {
        sent.signal("go", "now");
        assertThat(sent.attach(String.class)).isEqualTo("now");
    }

    @Test
    void rejectSignal_failsItsAwaitWith500() {
        sent.rejectSignal("go", "stop");
        assertThatThrownBy(() -> sent.attach(String.class))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.code()).isEqualTo(500))
                .hasMessage("stop");
    }

    @Test
    void pause_stopsItUntilItIsResumed() {
        sent.pause();
        awaitStatus(InvocationStatus.Paused.class);
        sent.signal("go", "now");
        assertThat(sent.output(String.class)).isEmpty();

        sent.resume();
        assertThat(sent.attach(String.class)).isEqualTo("now");
    }

    @Test
    void purge_forgetsACompletedInvocation() {
        sent.signal("go", "now");
        assertThat(sent.attach(String.class)).isEqualTo("now");
        sent.purge();
        assertThatThrownBy(() -> sent.output(String.class))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.code()).isEqualTo(404));
    }
}
