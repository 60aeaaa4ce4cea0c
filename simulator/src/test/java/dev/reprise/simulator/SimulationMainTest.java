package dev.reprise.simulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationMainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--seed | x | Expected a whole number behind --seed, found 'x'.",
                "--seed | 1.5 | Expected a whole number behind --seed, found '1.5'.",
                "--minutes | soon | Expected a number behind --minutes, found 'soon'."
            })
    void number_thatIsNone_isSaid(String flag, String value, String message) {
        assertThatThrownBy(() -> SimulationMain.simulation(flag, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void noFlag_saysHowItIsUsed() {
        assertThatThrownBy(SimulationMain::simulation).hasMessageStartingWith("usage: sim");
    }
}
