package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.embedded.DroppedPromise;
import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.client.TypedClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Promises that handlers make and never look at are named, with the line that made them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DroppedPromisesTest {
    /** Makes promises; drops some. */
    @Service
    static final class Forgetful {
        @Handler
        String drops(Context ctx) {
            RestatePromise<?> run = ctx.runAsync("note", () -> {});
            RestatePromise<?> branch = ctx.fork("aside", c -> {
                RestatePromise<?> inner = c.timer("inner", Duration.ofDays(1));
                return "" + inner.isSettled();
            });
            RestatePromise<?> timer = ctx.timer("nap", Duration.ofDays(1));
            RestatePromise<?> call = ctx.call(Target.service("Forgetful", "says"), "hello", String.class);
            RestatePromise<?> awakeable = ctx.awakeable(String.class).promise();
            RestatePromise<?> signal = ctx.signal("go", String.class);
            RestatePromise<?> mapped = RestatePromise.all(List.of(signal.map(value -> ""), timer.map(value -> "")));
            return List.of(run, branch, timer, call, awakeable, signal, mapped).size() + " dropped";
        }

        @Handler
        String keeps(Context ctx) {
            RestatePromise<String> run = ctx.runAsync("run", String.class, () -> "run");
            RestatePromise<String> winner = RestatePromise.race(
                    run, ctx.timer("late", Duration.ofDays(1)).map(value -> "late"));
            RestatePromise<?> cancelled = ctx.timer("unneeded", Duration.ofDays(1));
            cancelled.cancel();
            RestatePromise<String> failing = ctx.fork("failing", c -> {
                RestatePromise<?> began = c.timer("of failing", Duration.ofDays(1));
                throw new TerminalException("it cannot look at " + began.isSettled());
            });
            String hedged = ctx.hedge("hedge", Duration.ofDays(1), 2, c -> c.run("copy", String.class, () -> "copy"));
            String scoped;
            try (var scope = ctx.scope(Scope.Joiner.<String>awaitAll()).withTimeout(Duration.ofDays(1))) {
                scope.fork("in scope", c -> c.run("step", String.class, () -> "step"));
                scope.join();
                scoped = "scoped";
            }
            try (var empty = ctx.scope(Scope.Joiner.<String>awaitAll()).withTimeout(Duration.ofDays(1))) {
                empty.join();
            }
            try (var left = ctx.scope(Scope.Joiner.<String>awaitAll()).withTimeout(Duration.ofDays(1))) {
                throw new TerminalException("left without a fork while open: " + !left.isCancelled());
            } catch (TerminalException reason) {
                ctx.run(reason.getMessage(), () -> {});
            }
            List<String> items = ctx.mapConcurrent(List.of("a", "b", "c"), 2, (c, item) -> item);
            String timely = ctx.runAsync("timely", String.class, () -> "t").await(Duration.ofDays(1));
            return winner.await() + failing.recover(reason -> "failed").await() + hedged + scoped + items + timely;
        }

        @Handler
        String fails(Context ctx) {
            RestatePromise<?> timer = ctx.timer("never seen", Duration.ofDays(1));
            throw new TerminalException("no: " + timer.isSettled());
        }

        @Handler
        String says(Context ctx, String what) {
            return what;
        }
    }

    private static List<DroppedPromise> dropped(Function<TypedClient<Forgetful>, String> call) {
        List<DroppedPromise> dropped = Collections.synchronizedList(new ArrayList<>());
        try (Reprise reprise = Reprise.embedded()
                .bind(new Forgetful())
                .onDroppedPromise(dropped::add)
                .start()) {
            var _ = call.apply(reprise.client().service(Forgetful.class));
        }
        return dropped;
    }

    @Test
    void promises_thatAreDropped_areNamedWithTheirLines() {
        List<DroppedPromise> dropped = dropped(client -> client.call(Forgetful::drops));

        assertThat(dropped)
                .extracting(DroppedPromise::promise)
                .containsExactly(
                        "run \"note\"",
                        "branch \"aside\"",
                        "timer \"nap\"",
                        "call \"Forgetful/says\"",
                        "awakeable",
                        "signal \"go\"",
                        "timer \"inner\"");
        assertThat(dropped.stream().map(DroppedPromise::isWaitedFor))
                .containsExactly(true, true, false, false, false, false, false);
        assertThat(dropped).allSatisfy(promise -> {
            assertThat(promise.handler()).isEqualTo("Forgetful/drops");
            assertThat(promise.line())
                    .matches("dev\\.reprise\\.testkit\\.DroppedPromisesTest\\$Forgetful\\.\\S*drops\\S*"
                            + "\\(DroppedPromisesTest\\.java:\\d+\\)");
        });
        assertThat(dropped.stream().map(DroppedPromise::line).distinct()).hasSize(7);
    }

    @Test
    void promises_thatAreAwaitedCancelledOrOfAFailure_areNotNamed() {
        assertThat(dropped(client -> client.call(Forgetful::keeps))).isEmpty();
    }

    @Test
    void promises_ofAHandlerThatFails_areNotNamed() {
        List<DroppedPromise> dropped = Collections.synchronizedList(new ArrayList<>());
        try (Reprise reprise = Reprise.embedded()
                .bind(new Forgetful())
                .onDroppedPromise(dropped::add)
                .start()) {
            assertThatThrownBy(() -> reprise.client().service(Forgetful.class).call(Forgetful::fails))
                    .hasMessageContaining("no: false");
        }
        assertThat(dropped).isEmpty();
    }

    @Test
    void strictPromises_dropped_failTheTestAtItsEndOnceEach() {
        RepriseExtension strict = RepriseExtension.of(new Forgetful()).withStrictPromises();
        strict.start();
        assertThat(strict.client().service(Forgetful.class).call(Forgetful::drops))
                .isEqualTo("7 dropped");

        assertThatThrownBy(strict::stop)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected handlers that await or cancel every promise, found:\n"
                        + "Forgetful/drops returned without awaiting timer \"nap\", made at"
                        + " dev.reprise.testkit.DroppedPromisesTest$Forgetful.drops(DroppedPromisesTest.java:")
                .hasMessageNotContaining("run \"note\"")
                .extracting(
                        thrown -> String.valueOf(thrown.getMessage()).lines().count())
                .isEqualTo(6L);
    }

    @Test
    void strictPromises_onlyWaitedForOnes_failNoTest() {
        RepriseExtension strict = RepriseExtension.of(new Forgetful()).withStrictPromises();
        strict.start();
        assertThat(strict.client().service(Forgetful.class).call(Forgetful::keeps))
                .startsWith("run");
        strict.stop();
    }
}
