package dev.reprise.benchmarks.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowLoopTest {
    private final List<FlowResult> results = new ArrayList<>();

    private FlowLoop loop(List<Integer> concurrencies) {
        return new FlowLoop(new FlowPlan("", "", 0, concurrencies, 0, 0.5), results::add);
    }

    @Test
    void run_someFlowsWrongOrFailing_countedAsFailures() throws InterruptedException {
        loop(List.of(2)).run("some", 1, seed -> {
            if (seed % 3 == 1) {
                throw new IllegalStateException("on purpose");
            }
            return seed % 3 == 0;
        });
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.ended()).isPositive();
            assertThat(result.failures()).isPositive();
            assertThat(result.threads()).isEqualTo(2);
        });
    }

    @Test
    void embeddedFlows_everyResultRight(@TempDir Path folder) throws InterruptedException {
        EmbeddedFlows.run(folder, loop(List.of(1, 4)));
        assertThat(results)
                .extracting(FlowResult::flow)
                .containsExactly("noop", "noop", "steps10", "steps10", "fanout10", "fanout10");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.ended()).isPositive();
            assertThat(result.failures()).isZero();
        });
    }
}
