package dev.reprise.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.registry.HandlerSettings.Retries;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(100), 3, Duration.ofSeconds(2), 4, RetryPolicyOnMaxAttempts.PAUSE);
    private static final Retries SILENT = new Retries(null, null, null, null, null);

    @Test
    void delay_growsByTheFactorUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 5).mapToLong(POLICY::delayMillis))
                .containsExactly(100L, 300L, 900L, 2000L, 2000L);
        assertThat(POLICY.delayMillis(Integer.MAX_VALUE)).isEqualTo(2000);
    }

    @Test
    void attempts_theFirstIncluded_areUsedUp() {
        assertThat(POLICY.isExhausted(3)).isFalse();
        assertThat(POLICY.isExhausted(4)).isTrue();
        assertThat(POLICY.withMaxAttempts(0, RetryPolicyOnMaxAttempts.KILL).isExhausted(Integer.MAX_VALUE))
                .isFalse();
    }

    @Test
    void handler_saysNothing_changesNothing() {
        assertThat(POLICY.with(SILENT)).isEqualTo(POLICY);
    }

    @Test
    void handler_saysSomething_goesBefore() {
        Retries own = new Retries(Duration.ZERO, Duration.ofSeconds(9), 0.5, 1L << 40, RetryPolicyOnMaxAttempts.KILL);
        // What makes no sense becomes the nearest that does.
        assertThat(POLICY.with(own))
                .isEqualTo(new RetryPolicy(
                        Duration.ofMillis(1),
                        1,
                        Duration.ofSeconds(9),
                        Integer.MAX_VALUE,
                        RetryPolicyOnMaxAttempts.KILL));
    }

    @Test
    void outOfBounds_isRefusedByName() {
        assertThatThrownBy(() -> POLICY.withIntervals(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than zero");
        assertThatThrownBy(() -> POLICY.withMaxAttempts(-1, RetryPolicyOnMaxAttempts.PAUSE))
                .hasMessageContaining("at least 0");
        assertThatThrownBy(() -> EngineConfig.builder()
                        .abortTimeout(Duration.ofMillis(-1))
                        .build())
                .hasMessageContaining("abortTimeout");
    }
}
