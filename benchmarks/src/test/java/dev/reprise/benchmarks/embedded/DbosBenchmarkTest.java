package dev.reprise.benchmarks.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DbosBenchmarkTest {
    @ParameterizedTest
    @ValueSource(strings = {"--rounds 0", "--seconds 0", "--warmup -1", "--cs 1,0", "--cs x", "--unknown", "nope"})
    void flags_wrong_exitCodeOfUsage(String flags) {
        assertThat(DbosBenchmark.execute(flags.split(" "))).isEqualTo(2);
    }
}
