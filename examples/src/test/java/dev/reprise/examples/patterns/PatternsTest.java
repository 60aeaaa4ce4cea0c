package dev.reprise.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.testkit.RepriseExtension;
import dev.reprise.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatternsTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(
            new PartialFailure(), new Racing(), new Fallback(), new Batch(), new Saga(), new Cron(), new FanOut());

    @Test
    void partialFailure_keepsWhatAnswered(Client client) {
        assertThat(client.service(PartialFailure.class).call(PartialFailure::prices, List.of("Market", " ")))
                .containsExactly("Market: 6 EUR", "none: no such shop");
    }

    @Test
    void racing_takesTheFirst(Client client) {
        assertThat(client.service(Racing.class).call(Racing::ask, "who?")).isEqualTo("fast: who?");
    }

    @Test
    void fallback_withoutAnAnswer_takesTheUsual(Client client) {
        assertThat(client.service(Fallback.class).call(Fallback::answer, "nobody knows"))
                .isEqualTo("the usual");
    }

    @Test
    void fallback_withAnAnswer_takesThat(Client client, VirtualClock clock) {
        SentInvocation<String> asked = client.service(Fallback.class).send(Fallback::answer, "tea?");
        clock.advance(Duration.ofMinutes(59));
        client.resolveAwakeable(Outside.awakeableOf("tea?").orElseThrow(), "yes");
        assertThat(asked.attach()).isEqualTo("yes");
    }

    @Test
    void batch_keepsTheOrder(Client client) {
        assertThat(client.service(Batch.class).call(Batch::squares, List.of(1, 2, 3, 4, 5)))
                .containsExactly(1, 4, 9, 16, 25);
    }

    @Test
    void saga_thatFails_leavesNothingBooked(Client client) {
        assertThat(client.service(Saga.class).call(Saga::book, "Rome")).isEqualTo("booked Rome");
        assertThat(Bookings.isBooked("flight to Rome")).isTrue();

        assertThatThrownBy(() -> client.service(Saga.class).call(Saga::book, "Atlantis"))
                .hasMessage("no hotel in Atlantis");
        assertThat(Bookings.isBooked("flight to Atlantis")).isFalse();
    }

    @Test
    void cron_runsEveryHour(Client client, VirtualClock clock) {
        TypedClient<Cron> job = client.object(Cron.class, "backup");
        job.send(Cron::tick);
        clock.advance(Duration.ofMinutes(150));
        assertThat(job.call(Cron::runs)).isEqualTo(3);
    }

    @Test
    void fanOut_addsUp(Client client) {
        assertThat(client.service(FanOut.class).call(FanOut::count, List.of("one two", "three")))
                .isEqualTo(3);
    }
}
