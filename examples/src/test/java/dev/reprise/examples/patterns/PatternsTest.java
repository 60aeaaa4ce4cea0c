package dev.reprise.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.testkit.RepriseExtension;
import dev.reprise.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatternsTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(
            new PartialFailure(),
            new Racing(),
            new Fallback(),
            new Batch(),
            new Saga(),
            new Approval(),
            new Cron(),
            new FanOut(),
            new Hedge(),
            new Quorum(),
            new Scopes(),
            new BoundedMap());

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
    void fallback_afterTwoSeconds_doesWithout(Client client) {
        TypedClient<Fallback> stations = client.service(Fallback.class);
        assertThat(stations.call(Fallback::weather, "Lisbon")).isEqualTo("Lisbon: sunny");
        assertThat(stations.call(Fallback::weather, "Atlantis")).isEqualTo("Atlantis: mild, as usual");
    }

    @Test
    void approval_waitsForTheDecision(Client client, VirtualClock clock) {
        SentInvocation<String> article = client.service(Approval.class).send(Approval::publish, "tea");
        clock.advance(Duration.ofDays(100));
        assertThat(article.output()).isEmpty();
        client.resolveAwakeable(Editor.awakeableOf("tea").join(), false);
        assertThat(article.attach()).isEqualTo("withdrawn: tea");
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
    void cron_runsEveryHourUntilItIsStopped(Client client, VirtualClock clock) {
        TypedClient<Cron> job = client.object(Cron.class, "backup");
        job.call(Cron::start, Duration.ofHours(1));
        clock.advance(Duration.ofMinutes(150));
        assertThat(job.call(Cron::runs)).isEqualTo(3);

        job.call(Cron::stop);
        clock.advance(Duration.ofDays(1));
        assertThat(job.call(Cron::runs)).isEqualTo(3);
    }

    @Test
    void cron_startedAgain_hasOnePeriod(Client client, VirtualClock clock) {
        TypedClient<Cron> job = client.object(Cron.class, "backup");
        job.call(Cron::start, Duration.ofHours(1));
        clock.advance(Duration.ofMinutes(30));
        job.call(Cron::start, Duration.ofHours(2));
        clock.advance(Duration.ofMinutes(270));
        assertThat(job.call(Cron::runs)).isEqualTo(4);
    }

    @Test
    void fanOut_addsUp(Client client) {
        assertThat(client.service(FanOut.class).call(FanOut::count, List.of("one two", "three")))
                .isEqualTo(3);
    }

    @Test
    void hedge_firstCopyIsSlow_takesTheSecondAndCancelsTheFirst(Client client) {
        assertThat(client.service(Hedge.class).call(Hedge::ask, "what?")).isEqualTo("answered to copy 2");
    }

    @Test
    void quorum_goesOnWithMostReplicas(Client client) {
        assertThat(client.service(Quorum.class).call(Quorum::write, "42"))
                .isEqualTo("'42' is written: [west, north, island], 1 failed, 1 given up");
    }

    @Test
    void scope_withABranchThatFails_cancelsTheOther(Client client) {
        TypedClient<Scopes> trips = client.service(Scopes.class);
        assertThat(trips.call(Scopes::book, "Rome")).isEqualTo("seat 7A to Rome, a room in Rome");
        assertThatThrownBy(() -> trips.call(Scopes::book, "Atlantis")).hasMessage("no hotel in Atlantis");
    }

    @Test
    void scope_withATimeout_givesWhatThereIs(Client client) {
        assertThat(client.service(Scopes.class).call(Scopes::offers, List.of(1, 60, 0)))
                .containsExactly("an offer after 1 s", "an offer after 0 s");
    }

    @Test
    void boundedMap_keepsTheOrderAndTheFailures(Client client) {
        assertThat(client.service(BoundedMap.class).call(BoundedMap::publish, List.of("Faust", " ", "M")))
                .containsExactly("/films/Faust?size=5MB", "failed: a film without a name", "/films/M?size=1MB");
    }

    @Test
    void example_ofAWrongName_isRefusedWithTheList() {
        assertThatThrownBy(() -> Patterns.run("sage"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected the name of an example, one of approval, batch, cron, fallback, fan-out,"
                        + " hedge, map, partial-failure, quorum, racing, saga, scopes; found sage.");
    }

    @Test
    void launcherAndReadme_nameEveryExample() throws IOException {
        String launcher = Files.readString(Path.of("..", "reprise"));
        String readme = Files.readString(Path.of("..", "README.md"));
        assertThat(Patterns.names()).allSatisfy(name -> {
            assertThat(launcher).containsPattern("example <name>[^\n]*(\n[^\n]*)?\\b" + name + "\\b");
            assertThat(readme).contains("./reprise example " + name + "`");
        });
    }
}
