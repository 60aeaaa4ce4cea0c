package dev.reprise.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.memory.MemoryPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
    private static final int LARGE = 100 << 10;

    /**
     * An eighth of 800 KiB is for small ones, 350 KiB each are for those that come once and for those that are kept.
     */
    private final AnswerMemory memory = new AnswerMemory(800 << 10);

    private long used() {
        return memory.pools().stream().mapToLong(MemoryPool::usedBytes).sum();
    }

    private List<AnswerMemory.Reservation> taken(boolean isKept, int bytes, int atMost) {
        List<AnswerMemory.Reservation> places = new ArrayList<>();
        for (int i = 0; i < atMost; i++) {
            AnswerMemory.Reservation reservation = memory.reservation();
            if (reservation.take(bytes, isKept)) {
                places.add(reservation);
            }
        }
        return places;
    }

    @Test
    void keptAnswers_leaveMemoryForThoseThatComeOnce_andForSmallOnes() {
        List<AnswerMemory.Reservation> kept = taken(true, LARGE, 100);
        assertThat(kept).hasSize(3);
        List<AnswerMemory.Reservation> unique = taken(false, LARGE, 100);
        assertThat(unique).hasSize(3);
        assertThat(memory.reservation().take(AnswerMemory.SMALL_BYTES, true)).isTrue();
        kept.forEach(AnswerMemory.Reservation::close);
        unique.forEach(AnswerMemory.Reservation::close);
        assertThat(used()).isEqualTo(AnswerMemory.SMALL_BYTES);
    }

    @Test
    void whoWaits_getsWhatIsGivenBack_andHoldsNothingMeanwhile() throws InterruptedException {
        List<AnswerMemory.Reservation> kept = taken(true, LARGE, 100);
        AnswerMemory.Reservation waits = memory.reservation();
        assertThat(waits.take(LARGE, true)).isFalse();
        assertThat(waits.awaitForKept(LARGE, Duration.ofMillis(10))).isFalse();
        kept.getFirst().close();
        assertThat(waits.awaitForKept(LARGE, Duration.ofSeconds(10))).isTrue();
        assertThat(waits.take(LARGE, true)).as("it has its reservation").isTrue();
        waits.close();
        waits.close();
        assertThat(waits.take(LARGE, true)).as("it is closed").isFalse();
    }

    @Test
    void answerLargerThanAllMemory_isGivenWhenNothingElseIs() {
        AnswerMemory.Reservation huge = memory.reservation();
        assertThat(huge.take(100 << 20, true)).isTrue();
        assertThat(memory.reservation().take(LARGE, true)).isFalse();
        huge.close();
        assertThat(memory.reservation().take(LARGE, true)).isTrue();
    }
}
