package dev.reprise.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    @Test
    void of_unknownName_saysWhichThereAre() {
        Work work = Work.of("nope", 0);
        assertThatThrownBy(() -> Scenarios.of(work))
                .hasMessageContaining("parallel")
                .hasMessageContaining("\"nope\"");
    }

    @Test
    void steps_expectTheSumOfTheirNumbers() {
        Call call = Scenarios.of(Work.of("steps", 3)).next(0, 5);
        assertThat(text(call.body())).isEqualTo("{\"n\":3,\"seed\":5,\"ms\":0}");
        assertThat(text(call.expected())).isEqualTo("18");
    }

    @Test
    void add_sameKeyAgain_expectsTheNextValue() {
        Scenario scenario = new OwnKeys(1);
        for (int i = 0; i < 16; i++) {
            assertThat(text(scenario.next(0, i).expected())).isEqualTo("1");
        }
        assertThat(text(scenario.next(0, 16).expected())).isEqualTo("2");
    }

    @Test
    void add_afterAFailure_takesFreshKeys() {
        Scenario scenario = new OwnKeys(1);
        String before = scenario.next(0, 0).start();
        scenario.failed(0);
        Call after = scenario.next(0, 1);
        assertThat(after.start()).isNotEqualTo(before);
        assertThat(text(after.expected())).isEqualTo("1");
    }

    @Test
    void addHot_aValueTwice_isWrong() {
        Scenario scenario = new HotKey(1);
        Call call = scenario.next(0, 0);
        byte[] answer = {'7'};
        assertThat(scenario.isRight(call, answer)).isTrue();
        assertThat(scenario.isRight(call, answer)).isFalse();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
