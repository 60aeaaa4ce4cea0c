package dev.reprise.testkit.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
    @TempDir
    Path folder;

    private Orders orders(Code<Context, Void, String> code) {
        return Orders.of(ServiceDefinition.service("Tested")
                        .handler("run", Void.class, String.class, code)
                        .build())
                .file(folder.resolve("wrong.order"));
    }

    /** The values and the messages of failures of all orders. */
    private static Set<String> endings(Orders orders) {
        Set<String> endings = new TreeSet<>();
        OrdersReport report = orders.check(outcome -> endings.add(outcome.failure()
                        .map(TerminalException::getMessage)
                        .orElseGet(() -> outcome.value(String.class))))
                .explore();
        assertThat(report.exhausted()).isTrue();
        return endings;
    }

    @Test
    void race_ofTwoSteps_isWonByEither() {
        assertThat(endings(orders((ctx, nothing) -> RestatePromise.race(
                                ctx.runAsync("a", String.class, () -> "a"), ctx.runAsync("b", String.class, () -> "b"))
                        .await())))
                .containsExactly("a", "b");
    }

    @Test
    void timers_ofTwoTimes_fireInTheirOrder() {
        assertThat(endings(orders((ctx, nothing) -> RestatePromise.race(
                                ctx.timer(Duration.ofHours(2)).map(done -> "late"),
                                ctx.timer(Duration.ofHours(1)).map(done -> "early"))
                        .await())))
                .containsExactly("early");
    }

    @Test
    void step_inTimeOrNot_isBothExplored() {
        assertThat(endings(orders((ctx, nothing) -> ctx.runAsync("a", String.class, () -> "a")
                        .orTimeout(Duration.ofSeconds(1))
                        .recover(late -> "late")
                        .await())))
                .containsExactly("a", "late");
    }

    @Test
    void invocation_cancelled_endsAtTheAwaitOrNot() {
        assertThat(endings(orders((ctx, nothing) -> ctx.run("a", String.class, () -> "a"))
                        .cancels(1)))
                .contains("a")
                .hasSize(2);
    }

    @Test
    void step_withoutSecondTry_failsForTheHandler() {
        String failed = "dev.reprise.testkit.orders.Course$InjectedFailure: this order lets the try fail";
        assertThat(endings(orders((ctx, nothing) ->
                        ctx.run(RunOptions.named("a").withRetryPolicy(RetryPolicy.none()), String.class, () -> "a"))))
                .containsExactly("a", failed);
    }

    @Test
    void call_answeredByStub_givesItsResult() {
        assertThat(endings(orders((ctx, nothing) -> ctx.call(Target.service("Other", "ask"), "question", String.class)
                                .await())
                        .calls(call -> call.argument(String.class) + " answered")))
                .containsExactly("question answered");
    }

    @Test
    void call_withoutStub_isNamed() {
        Orders orders = orders((ctx, nothing) -> ctx.call(Target.service("Other", "ask"), "question", String.class)
                .await());

        assertThatThrownBy(orders::explore)
                .isInstanceOf(OrderFailure.class)
                .hasMessageContaining(
                        "It calls Other/ask(\"question\"). Say what comes of it: Orders.calls(call -> …).");
    }

    @Test
    void signalAndAwakeable_given_arrive() {
        assertThat(endings(orders((ctx, nothing) -> {
                            var awakeable = ctx.awakeable(String.class);
                            return ctx.signal("go", String.class).await()
                                    + awakeable.promise().await();
                        })
                        .signal("go", "went ")
                        .awakeable("awoke")))
                .containsExactly("went awoke");
    }

    @Test
    void handler_thatWaitsForEver_isWrong() {
        Orders orders = orders(
                (ctx, nothing) -> ctx.runAsync("a", String.class, () -> "a").await()
                        + ctx.signal("never", String.class).await());

        assertThatThrownBy(orders::explore)
                .isInstanceOf(OrderFailure.class)
                .hasMessageContaining("nothing is left that can come. It waits for signal \"never\"");
    }

    @Test
    void handler_thatDoesSomethingElseInAReplay_isWrong() {
        AtomicInteger attempts = new AtomicInteger();
        Orders orders = orders((ctx, nothing) -> {
            ctx.run("attempt " + attempts.incrementAndGet(), () -> {});
            return "done";
        });

        assertThatThrownBy(orders::explore)
                .isInstanceOf(OrderFailure.class)
                .hasMessageContaining("The handler does something else when its journal is replayed.")
                .hasMessageContaining("crash: the journal so far is replayed");
    }

    @Test
    void handler_thatFailsAgainAndAgain_isWrong() {
        Orders orders = orders((ctx, nothing) -> {
            throw new IOException("no disk");
        });

        assertThatThrownBy(orders::explore)
                .isInstanceOf(OrderFailure.class)
                .hasMessageContaining("fails in one attempt after the other")
                .hasRootCauseMessage("no disk");
    }

    @Test
    void handler_ofSeveral_mustBeNamed() {
        Code<Context, Void, String> code = (ctx, nothing) -> "";
        Orders orders = Orders.of(ServiceDefinition.service("Tested")
                .handler("one", Void.class, String.class, code)
                .handler("two", Void.class, String.class, code)
                .build());

        assertThatIllegalArgumentException()
                .isThrownBy(orders::explore)
                .withMessageContaining("found none. It has: one, two.");
    }

    private static final Code<Context, Void, String> DROPS_IF_LATE = (ctx, nothing) -> {
        RestatePromise<String> step = ctx.runAsync("step", String.class, () -> "step");
        RestatePromise<String> other = ctx.runAsync("other", String.class, () -> "other");
        other.await();
        return step.isSettled()
                ? step.await()
                : step.await() + ctx.timer("unneeded", Duration.ofDays(1)).isSettled();
    };

    @Test
    void strictPromises_droppedInSomeOrder_isWrong() {
        assertThatThrownBy(orders(DROPS_IF_LATE).strictPromises()::explore)
                .isInstanceOf(OrderFailure.class)
                .hasMessageContaining("The handler drops a promise that nobody waits for. Tested/run returned without"
                        + " awaiting timer \"unneeded\", made at dev.reprise.testkit.orders.OrdersTest.")
                .hasMessageContaining("comes 2: run \"other\" gives \"other\"");
    }

    @Test
    void droppedPromise_withoutStrictPromises_isWrongInNoOrder() {
        assertThat(orders(DROPS_IF_LATE).explore().exhausted()).isTrue();
    }

    @ExploreOrders(max = 3)
    void annotation_limit_endsTheExploration(Orders orders) {
        OrdersReport report = orders.service(() -> ServiceDefinition.service("Tested")
                        .handler(
                                "run",
                                Void.class,
                                String.class,
                                (ctx, nothing) -> RestatePromise.asCompleted(List.of(
                                                ctx.runAsync("a", String.class, () -> "a"),
                                                ctx.runAsync("b", String.class, () -> "b")))
                                        .iterator()
                                        .next()
                                        .await())
                        .build())
                .explore();

        assertThat(report.orders() + report.cut()).isEqualTo(3);
        assertThat(report.exhausted()).isFalse();
    }

    @Test
    void file_ofAnOrder_isRead() throws IOException {
        Path file = folder.resolve("some.order");
        OrderFile order = new OrderFile(true, List.of(Event.CRASH, Event.of(Event.Kind.COMES, 3), Event.CANCEL));
        order.write(file, List.of("begins"));

        assertThat(Files.readAllLines(file)).containsExactly("# begins", "state lazy", "crash", "comes 3", "cancel");
        assertThat(OrderFile.read(file)).isEqualTo(order);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.parse("goes 3"))
                .withMessageContaining("comes 3");
    }
}
