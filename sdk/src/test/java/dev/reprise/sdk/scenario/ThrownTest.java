package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a user's code throws ends its run, its promise or its attempt, and is told in bounds. */
class ThrownTest {
    /** Neither an exception nor an error. */
    static final class Custom extends Throwable {
        private static final long serialVersionUID = 1L;

        Custom() {
            super("custom");
        }
    }

    /** Can say nothing about itself. */
    static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    /** Cannot even be printed. */
    @SuppressWarnings("OverrideThrowableToString") // it is about what that may do
    static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new Mute();
        }

        @Override
        public void printStackTrace(PrintWriter out) {
            throw new Mute();
        }
    }

    /** Says nothing at all. */
    @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull", "NullAway"}) // it is about what that may do
    static final class NothingSaid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return null;
        }
    }

    /** Has always another cause. */
    static final class Bottomless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return new Bottomless();
        }
    }

    static List<Arguments> thrown() {
        RuntimeException circular = new IllegalStateException("one");
        circular.initCause(new IllegalArgumentException("two", circular));
        return List.of(
                of("custom throwable", Custom::new, "Custom"),
                of("mute", Mute::new, "ThrownTest$Mute (its message cannot be told"),
                of("unprintable", Unprintable::new, "ThrownTest$Unprintable"),
                of("bottomless", Bottomless::new, "ThrownTest$Bottomless"),
                of("circular", () -> circular, "IllegalStateException: one"),
                of("null text", NothingSaid::new, "null"),
                of("long", () -> new IllegalStateException("x".repeat(40_000_000)), "… (cut after 8192 characters)"),
                of("stack overflow", StackOverflowError::new, "StackOverflowError"),
                of("out of memory", () -> new OutOfMemoryError("heap"), "OutOfMemoryError: heap"),
                of("interrupted", InterruptedException::new, "InterruptedException"),
                of("linkage", () -> new NoClassDefFoundError("gone"), "NoClassDefFoundError"));
    }

    private static Arguments of(String name, Supplier<Throwable> thrown, String told) {
        return Arguments.of(name, thrown, told);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler takes E for something unchecked
    private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"
    }) // it throws on purpose, and never gives one
    static <T> T raise(Supplier<Throwable> thrown) {
        throw ThrownTest.<RuntimeException>sneaky(thrown.get());
    }

    private static void assertTold(ErrorMessage error, String told) {
        assertThat(error.message()).contains(told).hasSizeLessThan(9_000);
        assertThat(error.stacktrace()).hasSizeLessThan(66_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thrown")
    void closure_throwsIt_theRunEnds(String name, Supplier<Throwable> thrown, String told) {
        assertTold(
                Attempts.error(Attempts.service((ctx, nothing) -> ctx.run("step", String.class, () -> raise(thrown)))),
                told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thrown")
    void closure_throwsItForTheLastTime_theRunIsRejected(String name, Supplier<Throwable> thrown, String told) {
        RunOptions once = RunOptions.named("step").withRetryPolicy(RetryPolicy.none());
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            return ctx.run(once, String.class, () -> raise(thrown));
        });
        Result result = Attempts.only(attempt, ProposeRunCompletion.class).result();
        assertThat(((Result.Failed) result).failure().message()).contains(told).hasSizeLessThan(9_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thrown")
    void handler_throwsIt_theAttemptFails(String name, Supplier<Throwable> thrown, String told) {
        assertTold(Attempts.error(Attempts.service((ctx, nothing) -> raise(thrown))), told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thrown")
    void functionOfAPromise_throwsIt_whoAwaitsGetsIt(String name, Supplier<Throwable> thrown, String told) {
        assertTold(
                Attempts.error(Attempts.service(
                        (ctx, nothing) -> ctx.runAsync("step", String.class, () -> "")
                                .<String>map(value -> raise(thrown))
                                .await(),
                        new Command.Run(1, "step"),
                        FakeAttempt.runCompleted(1, "\"\""))),
                told);
        assertTold(
                Attempts.error(
                        Attempts.service((ctx, nothing) -> RestatePromise.<String>reject(new TerminalException("no"))
                                .recover(reason -> raise(thrown))
                                .await())),
                told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thrown")
    void serde_throwsIt_theRunOrTheAttemptEnds(String name, Supplier<Throwable> thrown, String told) {
        Serde<String> writing = new Serde<>() {
            @Override
            public Bytes serialize(String value) {
                return raise(thrown);
            }

            @Override
            public String deserialize(Bytes bytes) {
                return raise(thrown);
            }
        };
        assertTold(Attempts.error(Attempts.service((ctx, nothing) -> ctx.run("step", writing, () -> ""))), told);
        assertTold(
                Attempts.error(Attempts.service(
                        (ctx, nothing) -> ctx.signal("a", writing).await(),
                        FakeAttempt.signal(new NotificationId.SignalName("a"), FakeAttempt.json("1")))),
                told);
    }

    @Test
    void suppressed_thatIsNull_isNoTrouble() {
        var strange = new IllegalStateException("outer");
        strange.addSuppressed(new Unprintable());
        assertTold(Attempts.error(Attempts.service((ctx, nothing) -> raise(() -> strange))), "outer");
    }

    @Test
    void terminalFailure_ofEndlessMessage_isCut() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            throw new TerminalException("x".repeat(40_000_000));
        });
        assertThat(Attempts.failure(attempt).message()).endsWith("… (cut after 65536 characters)");
    }
}
