package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.guides.ConcurrentTasks.Profile;
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

/** The handlers of {@code docs/concurrent-tasks.md} do what the guide says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentTasksTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new ConcurrentTasks());

    private static TypedClient<ConcurrentTasks> tasks(Client client) {
        return client.service(ConcurrentTasks.class);
    }

    @Test
    void startedTasks_areAwaitedOneByOne(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::profile, 7))
                .isEqualTo(new Profile("user 7", List.of("orders: 8"), 70));
    }

    @Test
    void all_waitsForEveryTask(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::all)).isEqualTo("Ada is 36");
        assertThat(tasks(client).call(ConcurrentTasks::allOfAList, List.of(3, 1, 2)))
                .containsExactly(9, 1, 4);
        assertThat(tasks(client).call(ConcurrentTasks::bounded, List.of(1, 2, 3, 4, 5)))
                .isEqualTo(20);
    }

    @Test
    void run_onAPlatformThread_computes(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::isPrime, 7919L)).isTrue();
        assertThat(tasks(client).call(ConcurrentTasks::isPrime, 7917L)).isFalse();
    }

    @Test
    void any_takesTheFirstSuccess(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::any)).isEqualTo("the file");
        assertThat(tasks(client).call(ConcurrentTasks::refused)).isEqualTo("as a guest");
    }

    @Test
    void race_withAnAnswer_takesIt(Client client, VirtualClock clock) {
        SentInvocation<String> race = tasks(client).send(ConcurrentTasks::race);
        clock.advance(Duration.ofMinutes(59));
        race.invocation().signal("answer", "here");
        assertThat(race.attach()).isEqualTo("here");
    }

    @Test
    void waits_withoutAnAnswer_areOver(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::race)).isEqualTo("nobody answered");
        assertThat(tasks(client).call(ConcurrentTasks::select)).isEqualTo("not paid");
        assertThat(tasks(client).call(ConcurrentTasks::timeout)).isEqualTo("too late");
        assertThat(tasks(client).call(ConcurrentTasks::fallback)).isEqualTo("made up, because it timed out after PT5M");
    }

    @Test
    void select_withAPayment_takesIt(Client client) {
        SentInvocation<String> select = tasks(client).send(ConcurrentTasks::select);
        select.invocation().signal("payment", 500);
        assertThat(select.attach()).isEqualTo("paid 500");
    }

    @Test
    void allSettled_keepsFailures(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::allSettled, List.of("Rome", "Atlantis")))
                .containsExactly("sun in Rome", "none: no such city");
    }

    @Test
    void asCompleted_givesThemAsTheyCome(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::asCompleted)).containsExactly("fast", "slow");
        assertThat(tasks(client).call(ConcurrentTasks::quorum)).isEqualTo(2);
    }

    @Test
    void promises_thatAreKnown_needNoStep(Client client) {
        assertThat(tasks(client).call(ConcurrentTasks::known, true)).isEqualTo("10 %");
        assertThat(tasks(client).call(ConcurrentTasks::known, false)).isEqualTo("none");
        assertThat(tasks(client).call(ConcurrentTasks::isPromise)).isTrue();
    }
}
