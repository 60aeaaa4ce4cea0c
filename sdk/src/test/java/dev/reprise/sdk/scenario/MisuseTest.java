package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RetryableException;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.run.RunAction;
import dev.reprise.sdk.run.RunEffect;
import dev.reprise.sdk.serde.Serde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong uses of a context and its promises, and what they are told. */
@NullUnmarked // passes what must not be passed
@SuppressWarnings("CheckReturnValue") // each of these calls throws
class MisuseTest {
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);
    private static final Duration TOO_LONG = Duration.ofSeconds(Long.MAX_VALUE);

    static Stream<Arguments> usesOfAForeignThread() {
        return Stream.of(
                use("command", ctx -> promise -> ctx.timer(Duration.ZERO)),
                use("state", ctx -> promise -> ctx.get(StateKey.of("k", String.class))),
                use("random", ctx -> promise -> ctx.random().nextInt()),
                use("uuid", ctx -> promise -> ctx.uuid()),
                use("now", ctx -> promise -> ctx.now()),
                use("await", ctx -> RestatePromise::await),
                use("await for a time", ctx -> promise -> promise.await(Duration.ofSeconds(1))),
                use("orTimeout", ctx -> promise -> promise.orTimeout(Duration.ofSeconds(1))),
                use("map", ctx -> promise -> promise.map(value -> value)),
                use("combinator", ctx -> promise -> RestatePromise.all(List.of(promise))),
                use("asCompleted", ctx -> promise -> RestatePromise.asCompleted(List.of(promise))));
    }

    private static Arguments use(String name, Function<WorkflowContext, Consumer<RestatePromise<String>>> use) {
        return Arguments.of(name, use);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usesOfAForeignThread")
    void context_usedInTheClosureOfARun_failsTheRunAndSaysWhy(
            String name, Function<WorkflowContext, Consumer<RestatePromise<String>>> use) {
        FakeAttempt attempt = Attempts.workflow((ctx, nothing) -> {
            RestatePromise<String> other = ctx.signal("other", String.class);
            return ctx.run("wrong", String.class, () -> {
                use.apply(ctx).accept(other);
                return "done";
            });
        });
        ErrorMessage error = Attempts.error(attempt);
        assertThat(error.message()).contains("IllegalStateException", "closure", "Await before");
        assertThat(error.relatedCommandName()).isEqualTo("wrong");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usesOfAForeignThread")
    void context_usedOnAnotherThread_illegalState(
            String name, Function<WorkflowContext, Consumer<RestatePromise<String>>> use) {
        List<Throwable> thrown = new ArrayList<>();
        FakeAttempt attempt = Attempts.workflow((ctx, nothing) -> {
            RestatePromise<String> other = ctx.signal("other", String.class);
            Thread thread = Thread.ofPlatform()
                    .start(() -> thrown.add(catchThrowable(() -> use.apply(ctx).accept(other))));
            thread.join();
            return "went on";
        });
        assertThat(Attempts.text(attempt)).isEqualTo("went on");
        assertThat(thrown.getFirst()).isInstanceOf(IllegalStateException.class).hasMessageContaining("thread");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usesOfAForeignThread")
    void context_usedAfterTheHandlerEnded_illegalState(
            String name, Function<WorkflowContext, Consumer<RestatePromise<String>>> use) {
        AtomicReference<WorkflowContext> kept = new AtomicReference<>();
        AtomicReference<RestatePromise<String>> promise = new AtomicReference<>();
        Attempts.workflow((ctx, nothing) -> {
            kept.set(ctx);
            promise.set(ctx.signal("other", String.class));
            return "ended";
        });
        assertThatThrownBy(() -> use.apply(kept.get()).accept(promise.get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void requestKeyAndLogger_inTheClosureOfARun_areAllowed() {
        FakeAttempt attempt = Attempts.object(
                List.of(),
                (ctx, nothing) -> ctx.run("look", String.class, () -> {
                    ctx.logger().debug("looking");
                    return ctx.key() + " " + ctx.request().headers();
                }));
        assertThat(attempt.sent(ErrorMessage.class)).isEmpty();
    }

    @Test
    void combinator_ofPromisesOfTwoInvocations_illegalArgument() {
        AtomicReference<RestatePromise<String>> foreign = new AtomicReference<>();
        Attempts.service((ctx, nothing) -> {
            foreign.set(ctx.signal("never", String.class));
            return foreign.get().await();
        });
        assertThat(Attempts.thrownIn(ctx -> RestatePromise.any(
                        RestatePromise.all(List.of(ctx.signal("mine", String.class))), foreign.get())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two invocations");
    }

    @Test
    void race_ofNone_awaited_suspendsForACancellationAlone() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> RestatePromise.<String>race(List.of()).await());
        assertThat(attempt.isClosed()).isFalse();
        attempt.receive(FakeAttempt.cancel());
        assertThat(Attempts.failure(attempt).code()).isEqualTo(409);
    }

    static Stream<Arguments> badDurations() {
        return Stream.of(
                bad("sleep", ctx -> ctx.sleep(NEGATIVE), "zero or more", "PT-1S"),
                bad("timer", ctx -> ctx.timer("t", NEGATIVE), "zero or more", "PT-1S"),
                bad("orTimeout", ctx -> promise(ctx).orTimeout(NEGATIVE), "zero or more", "PT-1S"),
                bad("await", ctx -> promise(ctx).await(NEGATIVE), "zero or more", "PT-1S"),
                bad("delay", ctx -> SendOptions.delay(NEGATIVE), "a delay of zero or more", "PT-1S"),
                bad("retryAfter", ctx -> new RetryableException("no", NEGATIVE), "retryAfter to be between", "PT-1S"),
                bad("long retryAfter", ctx -> new RetryableException("no", TOO_LONG), "retryAfter to be", "found PT"),
                bad("initialDelay", ctx -> RetryPolicy.fixed(Duration.ZERO), "initialDelay to be more", "PT0S"),
                bad("long initialDelay", ctx -> RetryPolicy.exponential(TOO_LONG), "initialDelay to be", "found PT"),
                bad("maxDelay", ctx -> RetryPolicy.none().withMaxDelay(NEGATIVE), "maxDelay to be between", "PT-1S"),
                bad("maxDuration", ctx -> RetryPolicy.none().withMaxDuration(NEGATIVE), "maxDuration to be", "PT-1S"),
                bad("factor", ctx -> RetryPolicy.none().withFactor(0.5), "factor to be at least 1", "0.5"),
                bad("factor NaN", ctx -> RetryPolicy.none().withFactor(Double.NaN), "factor to be at least 1", "NaN"),
                bad("maxAttempts", ctx -> RetryPolicy.none().withMaxAttempts(0), "maxAttempts to be at least 1", "0"));
    }

    private static RestatePromise<String> promise(Context ctx) {
        return ctx.signal("other", String.class);
    }

    private static Arguments bad(String name, Consumer<WorkflowContext> use, String expected, String found) {
        return Arguments.of(name, use, expected, found);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badDurations")
    void number_outOfBounds_illegalArgumentThatSaysExpectedAndFound(
            String name, Consumer<WorkflowContext> use, String expected, String found) {
        assertThat(Attempts.thrownIn(use))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected")
                .hasMessageContaining(expected)
                .hasMessageContaining(found);
    }

    @Test
    void sleep_longerThanTimeItself_endsAsLateAsCanBe() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            ctx.sleep(TOO_LONG);
            return "";
        });
        assertThat(Attempts.only(attempt, Command.Sleep.class).wakeUpTimeMillis())
                .isEqualTo(Long.MAX_VALUE);
    }

    static Stream<Arguments> nulls() {
        StateKey<String> key = StateKey.of("k", String.class);
        Target target = Target.service("Other", "work");
        return Stream.of(
                nothing(
                        "closure",
                        ctx -> ctx.runAsync("n", String.class, (RunAction<String>) null),
                        "the closure of a run"),
                nothing("effect", ctx -> ctx.runAsync("n", (RunEffect) null), "the closure of a run"),
                nothing("run's name", ctx -> ctx.runAsync((String) null, () -> {}), "the name of a run"),
                nothing(
                        "run's serde",
                        ctx -> ctx.runAsync(RunOptions.NONE, (Serde<String>) null, () -> ""),
                        "the type of"),
                nothing("duration", ctx -> ctx.sleep(null), "duration"),
                nothing("timer's name", ctx -> ctx.timer(null, Duration.ZERO), "the name of a timer"),
                nothing("key of an object", ctx -> Target.object("Other", null, "work"), "the key of Other"),
                nothing("key of a workflow", ctx -> Target.workflow("Other", null, "work"), "the key of Other"),
                nothing("argument", ctx -> ctx.call(target, null, String.class), "Serde.none()"),
                nothing("argument sent", ctx -> ctx.send(target, null), "Serde.none()"),
                nothing("header's name", ctx -> CallOptions.header(null, "v"), "the name of a header"),
                nothing("header's value", ctx -> CallOptions.header("h", null), "the value of header h"),
                nothing("invocation", ctx -> ctx.invocation(null), "the id of an invocation"),
                nothing("signal", ctx -> ctx.signal(null, String.class), "the name of a signal"),
                nothing("signal sent", ctx -> ctx.invocation("inv_1").signal(null, "v"), "the name of a signal"),
                nothing("value signalled", ctx -> ctx.invocation("inv_1").signal("s", (Object) null), "Serde.none()"),
                nothing("awakeable", ctx -> ctx.awakeableHandle(null), "the id of an awakeable"),
                nothing("value resolved", ctx -> ctx.awakeableHandle("prom_1").resolve(null), "Serde.none()"),
                nothing("state key", ctx -> StateKey.of(null, String.class), "the name of a state key"),
                nothing("state type", ctx -> StateKey.of("k", (Class<String>) null), "the type of a state key"),
                nothing(
                        "state value",
                        ctx -> ctx.set(key, null),
                        "state key k, found null. To remove the key, use clear"),
                nothing("promise", ctx -> ctx.promise(null, String.class), "the name of a promise"),
                nothing("reason", ctx -> RestatePromise.reject(null), "the reason of a rejection"),
                nothing("map", ctx -> promise(ctx).map(null), "the function of map"),
                nothing("recover", ctx -> promise(ctx).recover(null), "the function of recover"),
                nothing("alternative", ctx -> RestatePromise.when(null, v -> v), "the promise of an alternative"),
                nothing("all of list", ctx -> RestatePromise.all(Arrays.asList(promise(ctx), null)), "at index 1"),
                nothing("all of two", ctx -> RestatePromise.all(promise(ctx), null), "at index 1"),
                nothing("any", ctx -> RestatePromise.any(promise(ctx), null), "at index 1"),
                nothing("race", ctx -> RestatePromise.race((RestatePromise<String>) null), "at index 0"),
                nothing("allSettled", ctx -> RestatePromise.allSettled(promise(ctx), null), "at index 1"),
                nothing(
                        "asCompleted",
                        ctx -> RestatePromise.asCompleted(Arrays.asList(promise(ctx), null)),
                        "at index 1"),
                nothing(
                        "waitCompleted",
                        ctx -> RestatePromise.waitCompleted(0, Arrays.asList((RestatePromise<String>) null)),
                        "at index 0"));
    }

    private static Arguments nothing(String name, Consumer<WorkflowContext> use, String what) {
        return Arguments.of(name, use, what);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nulls")
    void null_given_refusedAtOnceAndNamed(String name, Consumer<WorkflowContext> use, String what) {
        assertThat(Attempts.thrownIn(use))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(what);
    }
}
