package dev.reprise.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.trip.TaskLog.Line;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
                new Journal(tasks, succeeded(recordedAtKill), Map.of(), 4),
                new Journal(tasks, succeeded("flight", "hotel"), Map.of(), 6),
                FIRST,
                SECOND);
    }

    private static Map<String, String> succeeded(String... tasks) {
        return Arrays.stream(tasks).collect(Collectors.toMap(task -> task, _ -> ""));
    }

    @Test
    void summary_saysWhatWasRecordedAndWhatRanAgain() {
        assertThat(timeline("flight").summary())
                .isEqualTo("Process 1 had recorded 1 of 2 tasks when it was killed; process 2 took their results from"
                        + " the journal, ran the other one again, and went on from there.");
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
