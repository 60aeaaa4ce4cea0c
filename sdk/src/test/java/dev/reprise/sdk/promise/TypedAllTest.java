package dev.reprise.sdk.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.All;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code all} of promises of different types: tuples, and functions of as many arguments. */
class TypedAllTest {
    private final RestatePromise<String> a = RestatePromise.resolve("a");
    private final RestatePromise<Integer> b = RestatePromise.resolve(2);
    private final RestatePromise<Character> c = RestatePromise.resolve('c');
    private final RestatePromise<Long> d = RestatePromise.resolve(4L);

    @Test
    void all_ofTwoToEight_tuplesInOrderOfTheArguments() {
        assertThat(RestatePromise.all(a, b).await()).isEqualTo(new Tuple.Of2<>("a", 2));
        assertThat(RestatePromise.all(a, b, c).await()).isEqualTo(new Tuple.Of3<>("a", 2, 'c'));
        assertThat(RestatePromise.all(a, b, c, d).await()).isEqualTo(new Tuple.Of4<>("a", 2, 'c', 4L));
        assertThat(RestatePromise.all(a, b, c, d, a).await()).isEqualTo(new Tuple.Of5<>("a", 2, 'c', 4L, "a"));
        assertThat(RestatePromise.all(a, b, c, d, a, b).await()).isEqualTo(new Tuple.Of6<>("a", 2, 'c', 4L, "a", 2));
        assertThat(RestatePromise.all(a, b, c, d, a, b, c).await())
                .isEqualTo(new Tuple.Of7<>("a", 2, 'c', 4L, "a", 2, 'c'));
        assertThat(RestatePromise.all(a, b, c, d, a, b, c, d).await())
                .isEqualTo(new Tuple.Of8<>("a", 2, 'c', 4L, "a", 2, 'c', 4L));
    }

    @Test
    void all_mappedByAFunctionOfAllArguments_getsThemInTheirOrder() {
        assertThat(RestatePromise.all(a, b).map((p, q) -> p + q).await()).isEqualTo("a2");
        assertThat(RestatePromise.all(a, b, c).map((p, q, r) -> p + q + r).await())
                .isEqualTo("a2c");
        assertThat(RestatePromise.all(a, b, c, d)
                        .map((p, q, r, s) -> p + q + r + s)
                        .await())
                .isEqualTo("a2c4");
        assertThat(RestatePromise.all(a, b, c, d, a)
                        .map((p, q, r, s, t) -> p + q + r + s + t)
                        .await())
                .isEqualTo("a2c4a");
        assertThat(RestatePromise.all(a, b, c, d, a, b)
                        .map((p, q, r, s, t, u) -> p + q + r + s + t + u)
                        .await())
                .isEqualTo("a2c4a2");
        assertThat(RestatePromise.all(a, b, c, d, a, b, c)
                        .map((p, q, r, s, t, u, v) -> p + q + r + s + t + u + v)
                        .await())
                .isEqualTo("a2c4a2c");
        assertThat(RestatePromise.all(a, b, c, d, a, b, c, d)
                        .map((p, q, r, s, t, u, v, w) -> p + q + r + s + t + u + v + w)
                        .await())
                .isEqualTo("a2c4a2c4");
    }

    @Test
    void all_oneRejected_isRejectedAndItsFunctionDoesNotRun() {
        All.Of2<String, String> all = RestatePromise.all(a, RestatePromise.reject(new TerminalException("no")));
        assertThatThrownBy(() -> all.map((p, q) -> {
                            throw new AssertionError("ran");
                        })
                        .await())
                .isInstanceOf(TerminalException.class)
                .hasMessage("no");
    }

    @Test
    void all_ofAPromiseOfNull_keepsIt() {
        RestatePromise<@Nullable String> nothing = RestatePromise.resolve(null);
        assertThat(RestatePromise.all(a, nothing).await()).isEqualTo(new Tuple.Of2<>("a", null));
        assertThat(RestatePromise.all(a, nothing).map((p, q) -> p + q).await()).isEqualTo("anull");
    }
}
