package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test that waits while something wakes again and again, and nothing of it brings the answer, is told so. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndlessWakeUpsTest {
    private final Cron cron = new Cron();

    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(cron);

    /** Wakes for ever. */
    @Service
    static final class Cron {
        private static final Duration HOUR = Duration.ofHours(1);
        final AtomicInteger ticks = new AtomicInteger();
        volatile String awakeable = "";

        @Handler
        void tick(Context ctx) {
            ctx.run("count", Integer.class, ticks::incrementAndGet);
            ctx.service(Cron.class).send(Cron::tick, SendOptions.delay(HOUR));
        }

        @Handler
        String forgotten(Context ctx) {
            var awaited = ctx.awakeable(String.class);
            awakeable = awaited.id();
            return awaited.await();
        }

        @Handler
        String failing(Context ctx) {
            throw new IllegalStateException("the disk is on fire");
        }

        @Handler
        String polling(Context ctx) {
            while (true) {
                ctx.sleep(HOUR);
            }
        }

        @Handler
        String sleepy(Context ctx, int naps) {
            for (int i = 0; i < naps; i++) {
                ctx.sleep(HOUR);
            }
            return "awake";
        }
    }

    @Test
    void callThatNothingAnswers_besideAHandlerThatSendsItselfAgain_failsWithItsName(Client client, VirtualClock clock) {
        client.service(Cron.class).send(Cron::tick);
        ClientException failure = catchThrowableOfType(
                ClientException.class, () -> client.service(Cron.class).call(Cron::forgotten));

        assertThat(failure.reason()).isEqualTo(Reason.STALLED);
        assertThat(failure)
                .hasMessageContaining("the call of Cron/forgotten has no answer after 1000 wake-ups in a row")
                .hasMessageContaining("What woke in the last 100: Cron/tick (")
                .hasMessageContaining("withWakeUpsMax");
        assertThat(failure.invocationId()).isPresent();
        Instant stopped = clock.instant();
        int ticks = cron.ticks.get();
        client.resolveAwakeable(cron.awakeable, "late");
        assertThat(clock.instant()).isEqualTo(stopped);
        assertThat(cron.ticks).hasValue(ticks);
    }

    @Test
    void callOfWhatIsPaused_besideAHandlerThatSendsItselfAgain_failsWithWhatItThrew() {
        RepriseExtension other = RepriseExtension.of(cron).withWakeUpsMax(200);
        other.start();
        other.client().service(Cron.class).send(Cron::tick);
        assertThatThrownBy(() -> other.client().service(Cron.class).call(Cron::failing))
                .isInstanceOf(ClientException.class)
                .hasRootCauseMessage("the disk is on fire");
        other.stop();
    }

    @Test
    void callOfAHandlerThatPollsForEver_namesIt() {
        RepriseExtension other = RepriseExtension.of(cron).withWakeUpsMax(300);
        other.start();
        assertThatThrownBy(() -> other.client().service(Cron.class).call(Cron::polling))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("after 300 wake-ups in a row")
                .hasMessageContaining("Cron/polling (100 times)");
        other.stop();
    }

    @Test
    void wakeUps_areCountedAnewForEachAnswer() {
        RepriseExtension other = RepriseExtension.of(cron).withWakeUpsMax(50);
        other.start();
        Client client = other.client();
        CompletableFuture<String> waiting = client.service(Cron.class).callAsync(Cron::forgotten);
        for (int i = 0; i < 3; i++) {
            assertThat(client.service(Cron.class).call(Cron::sleepy, 40)).isEqualTo("awake");
        }
        client.resolveAwakeable(cron.awakeable, "at last");
        assertThat(waiting.join()).isEqualTo("at last");
        other.stop();
    }

    @Test
    void wakeUpsMax_belowOne_isRefused() {
        assertThatThrownBy(() -> RepriseExtension.of(cron).withWakeUpsMax(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }
}
