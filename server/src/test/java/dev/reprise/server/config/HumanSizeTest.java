package dev.reprise.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanSizeTest {
    @ParameterizedTest
    @CsvSource({"1000, 1000", "32MiB, 33554432", "1.5 GB, 1500000000", "8388607TiB, 9223370937343148032"})
    void size_inAnyUnit_isRead(String text, long bytes) {
        assertThat(HumanSize.parse(text)).isEqualTo(bytes);
    }

    @Test
    void size_thatNobodyHas_isRefused() {
        assertThatThrownBy(() -> HumanSize.parse("8388608 TiB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a size must be less than 8 EiB, was '8388608 TiB'");
    }
}
