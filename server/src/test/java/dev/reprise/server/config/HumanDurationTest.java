package dev.reprise.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT1H30M, 1h 30m",
        "PT0.000001S, 1us",
        "P2DT3H4M5.006007008S, 2d 3h 4m 5s 6ms 7us 8ns",
        "P365000D, 365000d",
        "PT2562047788015215H30M7S, 106751991167300d 15h 30m 7s"
    })
    void duration_written_hasUnits(Duration duration, String text) {
        assertThat(HumanDuration.format(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H30M", "1h 30m", "90m", "1.5h", "5400s"})
    void duration_inAnyForm_isRead(String text) {
        assertThat(HumanDuration.parse(text)).isEqualTo(Duration.ofMinutes(90));
    }

    @ParameterizedTest
    @CsvSource({
        "P109500D, 109500",
        "109500d, 109500",
        "100000d 100000d, 200000",
        "9460800000000ms, 109500",
        "PT9223372036854775807S, 106751991167300"
    })
    void duration_ofCenturies_isRead(String text, long days) {
        assertThat(HumanDuration.parse(text).toDays()).isEqualTo(days);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9223372036854775808S", "9223372036854775808s", "9223372036854775807s 1s"})
    void duration_thatCannotBeHeld_isRefused(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void duration_withoutUnit_isRefused() {
        assertThatThrownBy(() -> HumanDuration.parse("10"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a duration: '10'");
    }
}
