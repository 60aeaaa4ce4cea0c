package dev.reprise.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MillisTest {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void duration_tooLongToBeCounted_isTheLongest() {
        assertThat(Millis.of(Duration.ofDays(300L * 365))).isEqualTo(9_460_800_000_000L);
        assertThat(Millis.of(LONGEST)).isEqualTo(Long.MAX_VALUE);
        assertThat(Millis.of(LONGEST.negated())).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void time_tooLateToBeCounted_isTheLast() {
        assertThat(Millis.after(5, Duration.ofMillis(7))).isEqualTo(12);
        assertThat(Millis.after(5, Long.MAX_VALUE - 4)).isEqualTo(Long.MAX_VALUE);
        assertThat(Millis.after(5, LONGEST)).isEqualTo(Long.MAX_VALUE);
        assertThat(Millis.after(-5, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void time_withoutSign_tooLateToBeCounted_isTheLast() {
        assertThat(Millis.ofUnsigned(5)).isEqualTo(5);
        assertThat(Millis.ofUnsigned(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Millis.ofUnsigned(Long.MIN_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Millis.ofUnsigned(-1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void jitter_addsUpToThreeTenths() {
        assertThat(Jitter.spread(1000, 0)).isEqualTo(1000);
        assertThat(Jitter.spread(1000, 0.5)).isEqualTo(1150);
        assertThat(Jitter.spread(1000, 0.999)).isBetween(1290L, 1300L);
        assertThat(Jitter.spread(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
    }
}
