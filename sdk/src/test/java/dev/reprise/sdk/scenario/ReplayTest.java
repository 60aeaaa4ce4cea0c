package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.Message;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.JournalMismatchException;
import dev.reprise.sdk.RestatePromise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/**
 * What is the same in every attempt, what is silent during replay, and what a handler is told that is not
 * deterministic.
 */
class ReplayTest {
    /** Notes what is logged. */
    private static final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        private final transient List<String> lines = new ArrayList<>();

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            lines.add(level + " " + message);
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private static String draws(Context ctx) {
        return ctx.random().nextInt() + " " + ctx.uuid() + " " + ctx.random().nextGaussian();
    }

    @Test
    void randomAndUuid_everyAttempt_areTheSame() {
        String first = Attempts.text(Attempts.service((ctx, nothing) -> draws(ctx)));
        String second = Attempts.text(Attempts.service((ctx, nothing) -> draws(ctx)));
        assertThat(second).isEqualTo(first);
        assertThat(first.split(" ", -1)[1])
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void now_replayed_isTheRecordedTime() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> ctx.now().toString(),
                new Command.Run(1, "now"),
                FakeAttempt.runCompleted(1, "\"1999-12-31T23:59:59.5Z\""));
        assertThat(Attempts.text(attempt)).isEqualTo("1999-12-31T23:59:59.500Z");
    }

    @Test
    void request_tellsWhatTheInvocationIs() {
        FakeAttempt attempt = Attempts.object(List.of(), (ctx, nothing) -> {
            var request = ctx.request();
            return String.join(
                    ", ",
                    request.invocationId().equals(FakeAttempt.ID.toString()) + "",
                    request.target().toString(),
                    request.headers().toString(),
                    request.attemptHeaders().equals(Map.of("attempt", "1")) + "",
                    request.body().utf8(),
                    request.idempotencyKey().isPresent() + "",
                    ctx.key());
        });
        assertThat(Attempts.text(attempt))
                .isEqualTo("true, Tested/my-key/run, {my-header=my-value}, true, null, false, my-key");
    }

    @Test
    void logger_whileReplaying_isSilent() {
        Lines lines = new Lines();
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    Logger logger = ctx.logger(lines);
                    logger.info("before the recorded step");
                    ctx.run("recorded", () -> {});
                    logger.info("behind the recorded step");
                    return ctx.run("new", String.class, () -> {
                        logger.warn("in the new step");
                        return "";
                    });
                },
                new Command.Run(1, "recorded"),
                FakeAttempt.runCompleted(1, ""));
        assertThat(attempt.sent(Command.Run.class)).hasSize(1);
        assertThat(lines.lines).endsWith("WARN in the new step").doesNotContain("INFO before the recorded step");
    }

    @Test
    void mismatch_namesBothCommandsAndTheLineOfTheHandler() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> ctx.run("attempted", String.class, () -> ""), new Command.Run(1, "recorded"));
        ErrorMessage error = Attempts.error(attempt);
        assertThat(error.code()).isEqualTo(570);
        assertThat(error.message())
                .contains("recorded: run (name 'recorded')", "attempted: run (name 'attempted')")
                .containsPattern("at: .*ReplayTest\\.lambda.*\\(ReplayTest\\.java:\\d+\\)");
    }

    @Test
    void mismatch_caughtByTheHandler_endsTheAttemptAllTheSame() {
        List<Message> sent = Attempts.service(
                        (ctx, nothing) -> {
                            try {
                                return ctx.run("attempted", String.class, () -> "");
                            } catch (JournalMismatchException e) {
                                return "caught";
                            }
                        },
                        new Command.Run(1, "recorded"))
                .sent();
        assertThat(sent).hasOnlyElementsOfType(ErrorMessage.class);
    }

    /** What code that did not wait for its steps left behind, before the same words waited. */
    @Test
    void replay_ofStepsThatWereNotAwaited_saysSo() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    ctx.run("open account", () -> {});
                    ctx.run("send mail", () -> {});
                    return "done";
                },
                new Command.Run(1, "open account"),
                new Command.Run(2, "send mail"));
        assertThat(Attempts.error(attempt).message())
                .contains("recorded: run (name 'send mail')", "attempted: await run 'open account' (command 1)")
                .contains("went on without the result of run 'open account'", "use runAsync or timer");
    }

    @Test
    void replay_ofStepsThatWereNotAwaited_goesOnWithTheirPromises() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    RestatePromise<?> unused = ctx.runAsync("open account", () -> {});
                    return ctx.run("send mail", String.class, () -> "sent");
                },
                new Command.Run(1, "open account"),
                new Command.Run(2, "send mail"),
                FakeAttempt.runCompleted(2, "\"sent\""));
        assertThat(attempt.isClosed())
                .as("the step nobody awaited is waited for")
                .isFalse();
        attempt.receive(new ProposeRunCompletionAck(1));
        assertThat(Attempts.text(attempt)).isEqualTo("sent");
    }
}
