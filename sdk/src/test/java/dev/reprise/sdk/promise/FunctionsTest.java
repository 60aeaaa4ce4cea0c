package dev.reprise.sdk.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private final Script script = new Script();
    private final RestatePromise<String> one = script.single(1);
    private final RestatePromise<String> two = script.single(2);
    private final List<String> ran = new ArrayList<>();

    private RestatePromise<String> noted(RestatePromise<String> promise) {
        return promise.map(value -> {
            ran.add(value);
            return value + "'";
        });
    }

    @Test
    void map_notAwaited_functionDoesNotRun() {
        script.then(1).then(2);
        noted(one);
        two.await();
        assertThat(ran).isEmpty();
    }

    @Test
    void map_awaitedTwiceAndInCombinators_functionRunsOnce() {
        script.then(1).then(2);
        RestatePromise<String> mapped = noted(one);
        RestatePromise.all(List.of(mapped, two, mapped)).await();
        assertThat(mapped.await()).isEqualTo("v1'");
        assertThat(RestatePromise.any(mapped).await()).isEqualTo("v1'");
        assertThat(ran).containsExactly("v1");
    }

    @Test
    void map_loserOfARace_functionDoesNotRunLater() {
        script.then(2).then(1);
        assertThat(RestatePromise.race(noted(one), two).await()).isEqualTo("v2");
        one.await();
        assertThat(ran).isEmpty();
    }

    @Test
    void map_ofFailure_functionDoesNotRun() {
        script.thenFails(1);
        assertThatThrownBy(noted(one)::await).hasMessage("e1");
        assertThat(ran).isEmpty();
    }

    @Test
    void map_functionThrowsTerminally_rejected() {
        script.then(1).then(2);
        RestatePromise<String> failing = one.map(value -> {
            throw new TerminalException("bad " + value);
        });
        assertThatThrownBy(RestatePromise.all(List.of(failing, two))::await).hasMessage("bad v1");
        assertThat(RestatePromise.any(failing, two).await()).isEqualTo("v2");
        assertThat(failing.recover(TerminalException::getMessage).await()).isEqualTo("bad v1");
    }

    @Test
    void map_functionThrowsOtherwise_everyAwaitThrowsThat() {
        script.then(1).then(2);
        RestatePromise<String> broken = one.map(value -> {
            throw new IllegalArgumentException("bug");
        });
        for (RestatePromise<?> promise : List.<RestatePromise<?>>of(
                broken,
                broken.map(v -> v),
                broken.recover(e -> "recovered"),
                RestatePromise.any(broken, two),
                RestatePromise.allSettled(broken, two))) {
            assertThatThrownBy(promise::await)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("bug");
        }
    }

    @Test
    void recover_ofFailure_itsFunctionsValue() {
        script.thenFails(1).then(2);
        assertThat(one.recover(e -> "instead of " + e.getMessage()).await()).isEqualTo("instead of e1");
        assertThat(two.recover(e -> "unused").await()).isEqualTo("v2");
    }

    @Test
    void map_functionThatAwaits_goesOnInside() {
        script.then(1).then(2);
        RestatePromise<String> nested = one.map(value -> value + two.await());
        RestatePromise<String> beside = noted(two);
        assertThat(RestatePromise.all(List.of(nested, beside)).await()).containsExactly("v1v2", "v2'");
    }

    @Test
    void map_functionThatAwaitsItself_illegalState() {
        script.then(1);
        List<RestatePromise<String>> self = new ArrayList<>();
        self.add(one.map(value -> self.getFirst().await()));
        assertThatThrownBy(self.getFirst()::await).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void value_unreadable_thrownByEachAwaitThatNeedsIt() {
        script.thenUnreadable(1).then(2);
        assertThatThrownBy(one::await).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(one::await).isInstanceOf(IllegalStateException.class);
        assertThat(RestatePromise.waitCompleted(1, List.of(one)).await().done()).containsExactly(one);
        assertThat(two.await()).isEqualTo("v2");
    }

    @Test
    void single_madeAfterItsNotification_settled() {
        script.then(5).then(1);
        one.await();
        assertThat(script.single(5).await()).isEqualTo("v5");
        assertThat(script.taken()).isEqualTo(2);
    }

    @Test
    void single_severalOfOneNotification_settleAlike() {
        RestatePromise<String> first = script.single(7);
        RestatePromise<String> second = script.single(7);
        script.then(7);
        assertThat(RestatePromise.all(List.of(second, first)).await()).containsExactly("v7", "v7");
        assertThat(script.taken()).isEqualTo(1);
    }
}
