package dev.reprise.sdk.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import dev.reprise.sdk.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CombinatorsTest {
    private final Script script = new Script();
    private final RestatePromise<String> one = script.single(1);
    private final RestatePromise<String> two = script.single(2);
    private final RestatePromise<String> three = script.single(3);

    private static void assertRejected(RestatePromise<?> promise, String message) {
        assertThatThrownBy(promise::await).isInstanceOf(TerminalException.class).hasMessage(message);
    }

    private static void assertPending(RestatePromise<?> promise) {
        assertThatThrownBy(promise::await).isInstanceOf(Script.Waits.class);
    }

    @Test
    void all_everyoneFulfilled_valuesInOrderOfArguments() {
        script.then(2).then(1);
        assertThat(RestatePromise.all(List.of(one, two)).await()).containsExactly("v1", "v2");
    }

    @Test
    void all_oneRejected_rejectedAtOnceWithTheFirst() {
        script.thenFails(2).thenFails(1);
        assertRejected(RestatePromise.all(List.of(one, two, three)), "e2");
        assertThat(script.taken()).isEqualTo(1);
    }

    @Test
    void all_ofNone_emptyList() {
        assertThat(RestatePromise.all(List.of()).await()).isEmpty();
    }

    @Test
    void all_typed_tupleAndFunction() {
        script.then(2).then(1).then(3);
        var all = RestatePromise.all(one, two.map(String::length), three);
        assertThat(all.await()).isEqualTo(new Tuple.Of3<>("v1", 2, "v3"));
        assertThat(all.map((a, b, c) -> a + b + c).await()).isEqualTo("v12v3");
    }

    @Test
    void any_oneFulfilled_thatValue() {
        script.thenFails(2).then(3);
        assertThat(RestatePromise.any(one, two, three).await()).isEqualTo("v3");
    }

    @Test
    void any_everyoneRejected_allReasonsInOrderOfArguments() {
        script.thenFails(2).thenFails(1);
        assertThatThrownBy(RestatePromise.any(one, two)::await)
                .isInstanceOfSatisfying(
                        AggregateException.class,
                        e -> assertThat(e.errors())
                                .extracting(TerminalException::getMessage)
                                .containsExactly("e1", "e2"));
    }

    @Test
    void any_ofNone_rejectedWithoutReasons() {
        assertThatThrownBy(RestatePromise.any(List.of())::await)
                .isInstanceOfSatisfying(
                        AggregateException.class, e -> assertThat(e.errors()).isEmpty());
    }

    @Test
    void race_firstInTheJournal_decides() {
        script.thenFails(3).then(1);
        assertRejected(RestatePromise.race(one, two, three), "e3");
    }

    @Test
    void race_ofNone_neverSettles() {
        script.then(1);
        assertPending(RestatePromise.race(List.of(RestatePromise.race(List.of()), two)));
        assertThatThrownBy(RestatePromise.race(List.of())::await).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void race_ofSettledPromises_firstArgumentWins() {
        script.then(2).then(1);
        one.await();
        assertThat(RestatePromise.race(one, two).await()).isEqualTo("v1");
    }

    @Test
    void race_madeBeforeAndAwaitedLate_firstInTheJournalWins() {
        script.then(2).then(1);
        var race = RestatePromise.race(one.map(v -> "1:" + v), two.map(v -> "2:" + v));
        one.await();
        assertThat(race.await()).isEqualTo("2:v2");
    }

    @Test
    void race_settledByOneNotification_firstArgumentWins() {
        script.then(1);
        assertThat(RestatePromise.race(RestatePromise.all(List.of(one)), one).await())
                .isEqualTo(List.of("v1"));
    }

    @Test
    void allSettled_mixed_everyEnding() {
        script.thenFails(2).then(1);
        List<Settled<String>> endings = RestatePromise.allSettled(one, two).await();
        assertThat(endings.getFirst()).isEqualTo(new Settled.Fulfilled<>("v1"));
        assertThat(endings.getLast())
                .isInstanceOfSatisfying(
                        Settled.Rejected.class, e -> assertThat(e.reason()).hasMessage("e2"));
        assertThat(RestatePromise.allSettled(List.of()).await()).isEmpty();
    }

    @Test
    void select_winner_itsFunctionAlone() {
        List<String> ran = new ArrayList<>();
        script.then(2).then(1);
        var select = RestatePromise.select(
                RestatePromise.when(one, v -> ran.add(v)), RestatePromise.when(two, v -> ran.add("second " + v)));
        assertThat(select.await()).isTrue();
        one.await();
        assertThat(ran).containsExactly("second v2");
    }

    @Test
    void asCompleted_iterated_inOrderOfTheJournal() {
        script.then(3).thenFails(1).then(2);
        List<RestatePromise<String>> order = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        for (RestatePromise<String> next : RestatePromise.asCompleted(List.of(one, two, three))) {
            order.add(next);
            taken.add(script.taken());
        }
        assertThat(order).containsExactly(three, one, two);
        assertThat(taken).containsExactly(1, 2, 3);
        assertRejected(one, "e1");
    }

    @Test
    void waitCompleted_someSettled_doneAndPending() {
        script.then(3).thenFails(1).then(2);
        Completed<String> completed =
                RestatePromise.waitCompleted(2, List.of(one, two, three)).await();
        assertThat(completed.done()).containsExactly(three, one);
        assertThat(completed.pending()).containsExactly(two);
        assertThat(script.taken()).isEqualTo(2);
        assertThat(RestatePromise.waitCompleted(0, List.of(two)).await().pending())
                .containsExactly(two);
    }

    @Test
    void waitCompleted_moreThanThereAre_illegalArgument() {
        assertThatThrownBy(() -> RestatePromise.waitCompleted(2, List.of(one)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void orTimeout_timerFirst_timeoutAndPromiseStillUsable() {
        script.then(Script.TIMERS).then(1);
        var limited = one.orTimeout(Duration.ofSeconds(1));
        assertThatThrownBy(limited::await).isInstanceOf(TimeoutException.class);
        assertThat(one.await()).isEqualTo("v1");
        assertThatThrownBy(limited::await).isInstanceOf(TimeoutException.class);
    }

    @Test
    void awaitWithTimeout_promiseFirst_itsValue() {
        script.then(1);
        assertThat(one.await(Duration.ofSeconds(1))).isEqualTo("v1");
    }

    @Test
    void awaitWithTimeout_timerFirst_timeoutAndPromiseStillUsable() {
        script.then(Script.TIMERS).then(1);
        assertThatThrownBy(() -> one.await(Duration.ofSeconds(1))).isInstanceOf(TimeoutException.class);
        assertThat(one.await()).isEqualTo("v1");
    }

    @Test
    void promises_ofTwoInvocations_illegalArgument() {
        RestatePromise<String> other = new Script().single(1);
        assertThatThrownBy(() -> RestatePromise.race(one, other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void promises_afterTheHandlerEnded_illegalState() {
        script.then(1);
        one.await();
        script.close();
        assertThatThrownBy(one::await).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> script.single(9)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nesting_upToTheLimit_works() {
        script.then(1);
        RestatePromise<String> deep = one;
        for (int i = 0; i < RestatePromise.NESTING_MAX; i++) {
            deep = i % 2 == 0 ? RestatePromise.any(deep) : deep.map(v -> v);
        }
        assertThat(deep.await()).isEqualTo("v1");
        RestatePromise<String> deepest = deep;
        assertThatThrownBy(() -> RestatePromise.race(deepest)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void all_ofManyInReverse_settles() {
        int size = 10_000;
        List<RestatePromise<String>> many = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            many.add(script.single(100 + i).map(v -> v));
            script.then(100 + size - 1 - i);
        }
        assertThat(RestatePromise.all(many).await())
                .isEqualTo(
                        IntStream.range(0, size).mapToObj(i -> "v" + (100 + i)).toList());
    }

    @Test
    void constants_withoutHandler_settled() {
        assertThat(RestatePromise.resolve(1).map(v -> v + 1).await()).isEqualTo(2);
        assertRejected(RestatePromise.reject(new TerminalException("no")), "no");
        assertThat(RestatePromise.isRestatePromise(one)).isTrue();
        assertThat(RestatePromise.isRestatePromise("one")).isFalse();
    }
}
