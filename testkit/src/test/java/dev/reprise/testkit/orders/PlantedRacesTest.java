package dev.reprise.testkit.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers with a mistake that only some orders bring to light. */
class PlantedRacesTest {
    @TempDir
    Path folder;

    private Path file = Path.of("order");

    @BeforeEach
    void inFolder() {
        file = folder.resolve("wrong.order");
    }

    /** Reads the balance before a step and writes it after, while another branch may write it. */
    @VirtualObject
    public static class Account {
        private static final StateKey<Integer> BALANCE = StateKey.of("balance", Integer.class);

        @Handler
        public int deposit(ObjectContext ctx) {
            Branch<Integer> ten = ctx.fork("ten", c -> checkedDeposit(c, 10));
            Branch<Integer> twenty = ctx.fork("twenty", c -> deposit(c, 20));
            ten.await();
            twenty.await();
            return ctx.get(BALANCE).orElse(0);
        }

        private static int checkedDeposit(ObjectContext ctx, int amount) {
            int before = ctx.get(BALANCE).orElse(0);
            ctx.run("check " + amount, () -> {});
            ctx.set(BALANCE, before + amount);
            return amount;
        }

        private static int deposit(ObjectContext ctx, int amount) {
            ctx.run("note " + amount, () -> {});
            ctx.set(BALANCE, ctx.get(BALANCE).orElse(0) + amount);
            return amount;
        }
    }

    @Test
    void lostUpdate_betweenBranches_isFound() {
        OrderFailure failure = failing(Orders.of(Account::new)
                .state("balance", 0)
                .check(outcome -> assertThat(outcome.value(Integer.class)).isEqualTo(30)));

        assertThat(failure.timeline())
                .containsSubsequence(
                        "comes 2: run \"check 10\" gives done", "    set balance to 10", "    ends with 10");
    }

    private OrderFailure failing(Orders orders) {
        OrderFailure failure =
                catchThrowableOfType(OrderFailure.class, () -> orders.file(file).explore());
        assertThat(failure).as("an order that is wrong").isNotNull();
        OrderFailure again = catchThrowableOfType(
                OrderFailure.class, () -> orders.replay(file.toString()).explore());
        assertThat(again.timeline()).isEqualTo(failure.timeline());
        return failure;
    }

    /** Cancels what it believes to have done last. */
    @Service
    public static class Booking {
        private final List<String> booked = new ArrayList<>();

        @Handler
        public String book(Context ctx) {
            RestatePromise<String> flight = ctx.runAsync("flight", String.class, () -> keep("flight"));
            RestatePromise<String> hotel = ctx.runAsync("hotel", String.class, () -> keep("hotel"));
            RestatePromise<String> card = ctx.runAsync("card", String.class, () -> {
                throw new TerminalException("no money");
            });
            try {
                return String.valueOf(
                        RestatePromise.all(List.of(flight, hotel, card)).await());
            } catch (TerminalException refused) {
                if (flight.isSettled()) {
                    ctx.run("cancel flight", () -> booked.remove("flight"));
                }
                if (hotel.isSettled()) {
                    ctx.run("cancel hotel", () -> booked.remove("hotel"));
                }
                throw refused;
            }
        }

        private String keep(String what) {
            if (!booked.contains(what)) {
                booked.add(what);
            }
            return what;
        }
    }

    @Test
    void compensation_dependsOnOrder_isFound() {
        OrderFailure failure = failing(Orders.of(Booking::new)
                .check(outcome ->
                        assertThat(outcome.service(Booking.class).booked).isEmpty()));

        assertThat(failure.timeline())
                .containsSubsequence("    run \"cancel flight\"", "    ends with failure [500] no money")
                .contains("loses 2: run \"hotel\" is executed, then a crash before it is stored");
    }

    /** Takes two of five for a majority. */
    @Service
    public static class Vote {
        @Handler
        public boolean vote(Context ctx) {
            List<RestatePromise<Boolean>> votes = IntStream.range(0, 5)
                    .mapToObj(i -> ctx.runAsync("vote " + i, Boolean.class, () -> i == 0 || i == 4))
                    .toList();
            Completed<Boolean> completed =
                    RestatePromise.waitCompleted(3, votes).await();
            long yes = completed.done().stream().filter(RestatePromise::await).count();
            return yes >= 2;
        }
    }

    @Test
    void quorum_offByOne_isFound() {
        OrderFailure failure = failing(Orders.of(Vote::new)
                .check(outcome -> assertThat(outcome.value(Boolean.class)).isFalse()));

        assertThat(failure.timeline()).contains("    ends with true").hasSize(10);
    }
}
