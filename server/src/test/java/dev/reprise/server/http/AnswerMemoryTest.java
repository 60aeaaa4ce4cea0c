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

    private List<AnswerMemory.Place> taken(boolean isKept, int bytes, int atMost) {
        List<AnswerMemory.Place> places = new ArrayList<>();
        for (int i = 0; i < atMost; i++) {
            AnswerMemory.Place place = memory.place();
            if (place.take(bytes, isKept)) {
                places.add(place);
            }
        }
        return places;
    }

    @Test
    void keptAnswers_leaveMemoryForThoseThatComeOnce_andForSmallOnes() {
        List<AnswerMemory.Place> kept = taken(true, LARGE, 100);
        assertThat(kept).hasSize(3);
        List<AnswerMemory.Place> unique = taken(false, LARGE, 100);
        assertThat(unique).hasSize(3);
        assertThat(memory.place().take(AnswerMemory.SMALL_BYTES, true)).isTrue();
        kept.forEach(AnswerMemory.Place::close);
        unique.forEach(AnswerMemory.Place::close);
        assertThat(used()).isEqualTo(AnswerMemory.SMALL_BYTES);
    }

    @Test
    void whoWaits_getsWhatIsGivenBack_andHoldsNothingMeanwhile() throws InterruptedException {
        List<AnswerMemory.Place> kept = taken(true, LARGE, 100);
        AnswerMemory.Place waits = memory.place();
        assertThat(waits.take(LARGE, true)).isFalse();
        assertThat(waits.awaitForKept(LARGE, Duration.ofMillis(10))).isFalse();
        kept.getFirst().close();
        assertThat(waits.awaitForKept(LARGE, Duration.ofSeconds(10))).isTrue();
        assertThat(waits.take(LARGE, true)).as("it has its place").isTrue();
        waits.close();
        waits.close();
        assertThat(waits.take(LARGE, true)).as("it is closed").isFalse();
    }

    @Test
    void answerLargerThanAllMemory_isGivenWhenNothingElseIs() {
        AnswerMemory.Place huge = memory.place();
        assertThat(huge.take(100 << 20, true)).isTrue();
        assertThat(memory.place().take(LARGE, true)).isFalse();
        huge.close();
        assertThat(memory.place().take(LARGE, true)).isTrue();
    }
}
