package dev.reprise.sdk.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.FutureTree.Combinator;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.FutureTree.Leaf;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.sdk.RestatePromise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitTreesTest {
    private final Script script = new Script();
    private final RestatePromise<String> one = script.single(1);
    private final RestatePromise<String> two = script.single(2);

    private static FutureTree leaf(int id) {
        return new Leaf(new CompletionId(id));
    }

    private static FutureTree combined(Kind kind, FutureTree... children) {
        return new Combinator(kind, List.of(children));
    }

    private static FutureTree tree(RestatePromise<?> promise) {
        return catchThrowableOfType(Script.Waits.class, promise::await).tree();
    }

    @Test
    void tree_ofCombinators_theirKinds() {
        assertThat(tree(RestatePromise.all(List.of(one, RestatePromise.any(two)))))
                .isEqualTo(combined(
                        Kind.ALL_SUCCEEDED_OR_FIRST_FAILED,
                        leaf(1),
                        combined(Kind.FIRST_SUCCEEDED_OR_ALL_FAILED, leaf(2))));
        assertThat(tree(RestatePromise.allSettled(one, two))).isEqualTo(combined(Kind.ALL_COMPLETED, leaf(1), leaf(2)));
    }

    @Test
    void tree_ofPartlySettled_pendingOnly() {
        script.then(1);
        assertThat(tree(RestatePromise.all(List.of(one, two))))
                .isEqualTo(combined(Kind.ALL_SUCCEEDED_OR_FIRST_FAILED, leaf(2)));
    }

    @Test
    void tree_ofFunctionOnTop_itsSource() {
        assertThat(tree(RestatePromise.race(one, two).map(v -> v)))
                .isEqualTo(combined(Kind.FIRST_COMPLETED, leaf(1), leaf(2)));
    }

    @Test
    void tree_ofFunctionThatCouldDecide_resumesWhenItCanRun() {
        assertThat(tree(RestatePromise.all(List.of(one.map(v -> v), two))))
                .isEqualTo(combined(
                        Kind.FIRST_COMPLETED, combined(Kind.ALL_SUCCEEDED_OR_FIRST_FAILED, leaf(1), leaf(2)), leaf(1)));
    }

    @Test
    void tree_ofPromiseUsedTwice_anyOfItsLeaves() {
        RestatePromise<String> shared = RestatePromise.race(one, two);
        for (int i = 0; i < 100; i++) {
            shared = RestatePromise.any(shared, shared);
        }
        assertThat(tree(shared)).isEqualTo(combined(Kind.FIRST_COMPLETED, leaf(1), leaf(2)));
    }

    @Test
    void tree_ofTimeout_promiseOrTimer() {
        assertThat(tree(one.orTimeout(Duration.ofSeconds(1))))
                .isEqualTo(combined(Kind.FIRST_COMPLETED, leaf(1), leaf(Script.TIMERS)));
    }

    @Test
    void tree_withRacesOfNone_leftOut() {
        RestatePromise<String> never = RestatePromise.race(List.of());
        assertThat(tree(RestatePromise.any(two, RestatePromise.any(never.map(v -> v)))))
                .isEqualTo(combined(Kind.FIRST_SUCCEEDED_OR_ALL_FAILED, leaf(2)));
        assertThat(tree(RestatePromise.all(List.of(never.map(v -> v), one.map(v -> v)))))
                .isEqualTo(
                        combined(Kind.FIRST_COMPLETED, combined(Kind.ALL_SUCCEEDED_OR_FIRST_FAILED, leaf(1)), leaf(1)));
    }
}
