package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BriefSpinTest {
    private final BriefSpin spin = new BriefSpin(1_000);
    private int asked;

    private boolean never() {
        asked++;
        return false;
    }

    private boolean spins() {
        asked = 0;
        assertThat(spin.await(this::never)).isFalse();
        return asked > 1;
    }

    @Test
    void await_conditionThatComesTrue_isSeen() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        BriefSpin patient = new BriefSpin(TimeUnit.MINUTES.toNanos(1));
        assertThat(patient.await(() -> ++asked == 10)).isTrue();
    }

    @Test
    void await_inVain_leftOutMoreAndMoreOften() {
        int spun = 0;
        for (int i = 0; i < 10_000; i++) {
            spun += spins() ? 1 : 0;
        }
        assertThat(spun).isLessThan(100);
    }

    @Test
    void await_leftOut_stillSeesTheCondition() {
        for (int i = 0; i < 10; i++) {
            spins();
            assertThat(spin.await(() -> true)).isTrue();
        }
    }
}
