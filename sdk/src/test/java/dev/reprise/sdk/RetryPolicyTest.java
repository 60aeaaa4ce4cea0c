package dev.reprise.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RetryPolicy LIMITED =
            RetryPolicy.fixed(Duration.ofSeconds(10)).withMaxDuration(Duration.ofSeconds(5));

    @Test
    void maxDuration_failedBefore_oneMoreWhateverTheDelay() {
        assertThat(LIMITED.nextDelay(1, Duration.ofMillis(4999))).contains(Duration.ofSeconds(10));
    }

    @Test
    void maxDuration_reached_noMore() {
        assertThat(LIMITED.nextDelay(1, Duration.ofSeconds(5))).isEmpty();
        assertThat(LIMITED.nextDelay(1, Duration.ofSeconds(6))).isEmpty();
    }
}
