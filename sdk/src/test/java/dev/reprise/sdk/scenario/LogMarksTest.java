package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the log lines of a handler and its runs are marked with. */
class LogMarksTest {
    private static final String MARKS = FakeAttempt.ID + " Tested/run";

    private static String marks() {
        return MDC.get("restate.invocation.id") + " " + MDC.get("restate.invocation.target");
    }

    @Test
    void handler_isMarkedWithItsInvocationAndTarget() {
        assertThat(Attempts.text(Attempts.service((ctx, nothing) -> marks()))).isEqualTo(MARKS);
    }

    @Test
    void object_isMarkedWithItsKeyToo() {
        assertThat(Attempts.text(Attempts.object(List.of(), (ctx, nothing) -> marks())))
                .isEqualTo(FakeAttempt.ID + " Tested/my-key/run");
    }

    @Test
    void closureOfARun_isMarkedAlike() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> ctx.run("step", String.class, LogMarksTest::marks));
        assertThat(attempt.sent(Command.Run.class)).hasSize(1);
        assertThat(Attempts.only(attempt, ProposeRunCompletion.class).result())
                .isEqualTo(FakeAttempt.json('"' + MARKS + '"'));
    }
}
