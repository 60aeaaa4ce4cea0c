package dev.reprise.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.trip.TaskLog.Line;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the demo makes of what it saw. */
class VerdictTest {
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    /** Two tasks ran before the kill, the second of them again behind it. */
    private static Timeline timeline(String... recordedAtKill) {
        Set<String> tasks = Set.of("flight", "hotel");
        return new Timeline(
                List.of(
                        new Line(FIRST, 10, "flight", false),
                        new Line(FIRST, 20, "flight", true),
                        new Line(FIRST, 20, "hotel", false),
                        new Line(SECOND, 50, "hotel", false),
                        new Line(SECOND, 60, "hotel", true)),
                new Journal(tasks, Set.of(recordedAtKill), 4),
                new Journal(tasks, tasks, 6),
                FIRST,
                SECOND);
    }

    @Test
    void recordedTask_ranAgain_isFoundAndFails() throws IOException {
        assertThat(timeline("flight", "hotel").ranTwiceThoughRecorded()).containsExactly("hotel");
        assertThat(Demo.judge(Demo.EXPECTED, timeline("flight", "hotel"))).isFalse();
    }

    @Test
    void nothingRecordedBeforeTheKill_fails() throws IOException {
        assertThat(timeline().ranTwiceThoughRecorded()).isEmpty();
        assertThat(Demo.judge(Demo.EXPECTED, timeline())).isFalse();
    }

    @Test
    void wrongAnswer_fails() throws IOException {
        assertThat(Demo.judge("{}", timeline("flight"))).isFalse();
    }

    @Test
    void rightAnswerAndOnlyUnrecordedRunAgain_passes() throws IOException {
        assertThat(timeline("flight").ranTwiceThoughRecorded()).isEmpty();
        assertThat(Demo.judge(Demo.EXPECTED, timeline("flight"))).isTrue();
    }
}
