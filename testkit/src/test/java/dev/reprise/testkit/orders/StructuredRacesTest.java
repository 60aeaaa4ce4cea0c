package dev.reprise.testkit.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Saga;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scopes, sagas, quorums, hedges and maps: mistakes in them are found, and small ones without are exhausted. */
class StructuredRacesTest {
    private static final StateKey<Integer> BALANCE = StateKey.of("balance", Integer.class);

    @TempDir
    private Path folder;

    private Orders orders(Code<ObjectContext, Void, String> code) {
        return Orders.of(ServiceDefinition.object("Tested")
                        .handler("run", Void.class, String.class, code)
                        .build())
                .file(folder.resolve("wrong.order"));
    }

    private static OrderFailure failing(Orders orders) {
        OrderFailure failure = catchThrowableOfType(OrderFailure.class, orders::explore);
        assertThat(failure).as("an order that is wrong").isNotNull();
        return failure;
    }

    private static Set<String> endings(Orders orders) {
        Set<String> endings = new TreeSet<>();
        OrdersReport report = orders.check(outcome -> endings.add(outcome.failure()
                        .map(TerminalException::getMessage)
                        .orElseGet(() -> outcome.value(String.class))))
                .explore();
        assertThat(report.exhausted()).isTrue();
        return endings;
    }

    private static String deposits(ObjectContext ctx, boolean readsTooEarly) {
        try (var scope = ctx.scope(Scope.Joiner.<Integer>allSuccessfulOrThrow())) {
            for (int amount : List.of(10, 20)) {
                scope.fork("deposit " + amount, c -> {
                    int before = c.get(BALANCE).orElse(0);
                    c.run("check " + amount, () -> {});
                    int now = readsTooEarly ? before : c.get(BALANCE).orElse(0);
                    c.set(BALANCE, now + amount);
                    return amount;
                });
            }
            scope.join();
        }
        return "" + ctx.get(BALANCE).orElse(0);
    }

    @Test
    void scope_lostUpdateBetweenBranches_isFound() {
        OrderFailure failure = failing(orders((ctx, nothing) -> deposits(ctx, true))
                .check(outcome -> assertThat(outcome.value(String.class)).isEqualTo("30")));

        assertThat(failure.timeline()).contains("    set balance to 10", "    set balance to 20");
    }

    @Test
    void scope_withoutLostUpdate_isExhausted() {
        assertThat(endings(orders((ctx, nothing) -> deposits(ctx, false)))).containsExactly("30");
    }

    /** Books in the order in which two offers arrive, or in one that is fixed; then there is no money. */
    private static String booking(Context ctx, boolean asTheyCome) throws Exception {
        return ctx.saga(saga -> {
            List<RestatePromise<String>> offers = List.of(
                    ctx.runAsync("offer flight", String.class, () -> "flight"),
                    ctx.runAsync("offer hotel", String.class, () -> "hotel"));
            if (asTheyCome) {
                for (RestatePromise<String> offer : RestatePromise.asCompleted(offers)) {
                    book(saga, offer.await());
                }
            } else {
                RestatePromise.all(offers).await().forEach(offer -> book(saga, offer));
            }
            throw new TerminalException("no money");
        });
    }

    private static void book(Saga saga, String what) {
        saga.step("book " + what, () -> {}, () -> {});
    }

    private static List<String> undone(OrderOutcome outcome) {
        return outcome.steps().stream().filter(step -> step.startsWith("undo")).toList();
    }

    @Test
    void saga_undoneInOrderOfCompletion_isFound() {
        OrderFailure failure = failing(orders((ctx, nothing) -> booking(ctx, true))
                .faults(0)
                .check(outcome -> assertThat(undone(outcome)).containsExactly("undo book hotel", "undo book flight")));

        assertThat(failure.timeline())
                .containsSubsequence(
                        "    run \"book hotel\"",
                        "    run \"book flight\"",
                        "    run \"undo book flight\"",
                        "    run \"undo book hotel\"");
    }

    @Test
    void saga_inAFixedOrder_isExhausted() {
        List<List<String>> undone = new ArrayList<>();
        assertThat(endings(orders((ctx, nothing) -> booking(ctx, false))
                        .faults(0)
                        .check(outcome -> undone.add(undone(outcome)))))
                .containsExactly("no money");
        assertThat(undone).isNotEmpty().containsOnly(List.of("undo book hotel", "undo book flight"));
    }

    private static String vote(Context ctx, int votesNeeded) {
        List<RestatePromise<Boolean>> votes = IntStream.range(0, 4)
                .mapToObj(i -> ctx.runAsync("vote " + i, Boolean.class, () -> i != 3))
                .toList();
        List<Boolean> values = RestatePromise.atLeast(votesNeeded, votes)
                .cancelLosers()
                .await()
                .values();
        return "" + values.stream().allMatch(vote -> vote);
    }

    @Test
    void quorum_thatDependsOnWhoIsFirst_isFound() {
        OrderFailure failure = failing(orders((ctx, nothing) -> vote(ctx, 2))
                .check(outcome -> assertThat(outcome.value(String.class)).isEqualTo("true")));

        assertThat(failure.timeline()).anyMatch(line -> line.contains("run \"vote 3\" gives false"));
    }

    @Test
    void quorum_ofAll_isExhausted() {
        assertThat(endings(orders((ctx, nothing) -> vote(ctx, 4)))).containsExactly("false");
    }

    @Test
    void hedge_eitherCopy_mayWin() {
        assertThat(endings(orders((ctx, nothing) -> ctx.hedge("quote", Duration.ofSeconds(1), 2, c -> {
                    c.run("ask", () -> {});
                    return "quote";
                }))))
                .containsExactly("quote");
    }

    @Test
    void mapConcurrent_boundedAndWithThen_isExhausted() {
        assertThat(endings(orders((ctx, nothing) -> ctx.mapConcurrent(
                                List.of("a", "b", "c"),
                                2,
                                (c, item) -> c.runAsync("one " + item, String.class, () -> item)
                                        .then(one -> c.runAsync("two " + item, String.class, () -> one + one))
                                        .await())
                        .toString())))
                .containsExactly("[aa, bb, cc]");
    }
}
