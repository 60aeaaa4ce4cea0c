package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.testkit.RepriseExtension;
import dev.reprise.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The handlers of {@code docs/error-handling.md} do what the guide says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorsTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Errors());

    @BeforeEach
    void nothingWasAsked() {
        Remote.CARD_READS.set(0);
        Remote.CHARGED.clear();
    }

    private static TypedClient<Errors> errors(Client client) {
        return client.service(Errors.class);
    }

    @Test
    void step_thatFails_isRetried(Client client) {
        assertThat(errors(client).call(Errors::retried)).isEqualTo("card 4711");
        assertThat(Remote.CARD_READS).hasValue(3);
    }

    @Test
    void step_thatIsDoneTwice_isRecognizedByItsKey(Client client) {
        assertThat(errors(client).call(Errors::charge, 42)).isEqualTo("charged [42]");
    }

    @Test
    void step_withABound_givesUp(Client client) {
        assertThat(errors(client).call(Errors::bounded)).isEqualTo("pay in cash");
    }

    @Test
    void step_thatSaysWhen_isRetriedThen(Client client, VirtualClock clock) {
        Instant begin = clock.instant();
        assertThat(errors(client).call(Errors::later)).isEqualTo("open again");
        assertThat(clock.instant()).isAfterOrEqualTo(begin.plus(Duration.ofHours(1)));
    }

    @Test
    void terminalFailure_reachesTheClient(Client client) {
        TypedClient<Errors> errors = errors(client);
        ClientException failure =
                catchThrowableOfType(ClientException.class, () -> errors.call(Errors::withdraw, 2000));
        assertThat(failure.reason()).isEqualTo(ClientException.Reason.INVOCATION_FAILED);
        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure.metadata()).containsEntry("available", "1000");
        assertThat(failure.invocationId()).isPresent();
    }

    @Test
    void terminalFailure_reachesTheCallingHandler(Client client) {
        assertThat(errors(client).call(Errors::caller, 2000)).isEqualTo("422: more than there is, there are 1000");
    }

    @Test
    void cancelled_cleansUp(Client client, VirtualClock clock) {
        SentInvocation<String> sent = errors(client).send(Errors::cancellable);
        clock.advance(Duration.ofMinutes(1));
        assertThat(Remote.RESERVED).isTrue();
        sent.invocation().cancel();
        assertThatThrownBy(sent::attach).isInstanceOf(ClientException.class).hasMessageContaining("cancelled");
        assertThat(Remote.RESERVED).isFalse();
    }

    @Test
    void paused_hasNoResultAndCanBeCancelled(Client client, VirtualClock clock) {
        SentInvocation<String> sent = errors(client).send(Errors::needsHelp);
        clock.advance(Duration.ofDays(1));
        assertThat(sent.output()).isEmpty();
        sent.invocation().kill();
        assertThatThrownBy(sent::attach).isInstanceOf(ClientException.class);
    }
}
