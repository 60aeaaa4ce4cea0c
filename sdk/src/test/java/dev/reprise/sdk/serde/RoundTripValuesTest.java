package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.sdk.serde.RoundTripTest.Fluent;
import dev.reprise.sdk.serde.RoundTripTest.Loose;
import dev.reprise.sdk.serde.RoundTripTest.Making;
import dev.reprise.sdk.serde.RoundTripTest.NoCreator;
import dev.reprise.sdk.serde.RoundTripTest.Nothing;
import dev.reprise.sdk.serde.RoundTripTest.Point;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is written and read beyond what types tell: values, mappers of one's own, limits. */
class RoundTripValuesTest {
    @Test
    void mapperOfOnesOwn_typesThatDoNotComeBack_areRefusedToo() {
        SerdeFactory plain = new JsonSerdeFactory(new ObjectMapper());

        assertThatThrownBy(() -> plain.create(Fluent.class)).isInstanceOf(SerdeException.class);
        assertThatThrownBy(() -> plain.create(Instant.class))
                .hasMessageContaining("module that the mapper does not have");
        assertThat(plain.create(Point.class)).isNotNull();
    }

    @Test
    void mixIn_saysHowToMakeIt_isTaken() {
        ObjectMapper mapper = new ObjectMapper().addMixIn(NoCreator.class, Making.class);

        assertThat(new JsonSerdeFactory(mapper).create(NoCreator.class)).isNotNull();
    }

    @Test
    void valueWithoutProperties_whereAnythingMayBe_isRefusedWhenItIsWritten() {
        Serde<Object> anything = SerdeFactory.json().create(Object.class);
        List<Object> values = List.of(
                new Fluent(),
                List.of(new Fluent()),
                Map.of("a", new Fluent()),
                CompletableFuture.completedFuture("x"),
                (Supplier<String>) () -> "x",
                new Loose(new Fluent(), "a"));

        for (Object value : values) {
            assertThatThrownBy(() -> anything.serialize(value))
                    .as("%s", value)
                    .isInstanceOf(SerdeException.class)
                    .hasMessageContaining("cannot be written");
        }
        assertThat(anything.serialize(new Nothing()).utf8()).isEqualTo("{}");
        assertThat(anything.serialize(new Object()).utf8()).isEqualTo("{}");
    }

    @Test
    void ownClass_writtenOnly_needNotBeReadable() {
        SerdeFactory json = SerdeFactory.json();

        assertThat(json.createWriter(NoCreator.class)
                        .serialize(new NoCreator(1, 2))
                        .utf8())
                .isEqualTo("{\"x\":3}");
        assertThat(ofOwnClass(List.of(1))).isEqualTo("[1]");
        assertThat(ofOwnClass(Map.of("a", 1))).isEqualTo("{\"a\":1}");
        assertThatThrownBy(() -> json.createWriter(Fluent.class).serialize(new Fluent()))
                .isInstanceOf(SerdeException.class);
    }

    @SuppressWarnings("unchecked") // the class is the value's own
    private static String ofOwnClass(Object value) {
        return ((Serde<Object>) SerdeFactory.json().createWriter(value.getClass()))
                .serialize(value)
                .utf8();
    }

    @Test
    void keyOfAMap_halfASurrogatePair_isRefusedWhenItIsWritten() {
        var serde = SerdeFactory.json().create(new TypeRef<Map<String, Integer>>() {});

        assertThatThrownBy(() -> serde.serialize(Map.of("a\ud83d", 1)))
                .isInstanceOf(SerdeException.class)
                .hasMessageContaining("half of a surrogate pair (U+D83D) at index 1 of \"a\\ud83d\"");
        assertThat(serde.deserialize(serde.serialize(Map.of("a\ud83d\ude00", 1))))
                .containsKey("a\ud83d\ude00");
    }

    @Test
    void text_halfASurrogatePair_comesBackAsItWas() {
        for (String text : List.of("\ud83d", "\ude00", "a\ud83dx", "x\ude00y", "\ud83d\ud83d", "\ude00\ud83d")) {
            Serde<String> serde = SerdeFactory.json().create(String.class);
            assertThat(serde.deserialize(serde.serialize(text))).isEqualTo(text);
        }
    }

    @Test
    void longValues_comeBack() {
        String text = "x".repeat(21_000_000);
        BigInteger number = BigInteger.TEN.pow(100_000);
        Map<String, Integer> map = new HashMap<>(Map.of("k".repeat(60_000), 1));

        assertThat(back(TypeRef.of(String.class), text)).isEqualTo(text);
        assertThat(back(TypeRef.of(BigInteger.class), number)).isEqualTo(number);
        assertThat(back(new TypeRef<Map<String, Integer>>() {}, map)).isEqualTo(map);
    }

    @Test
    void nesting_asDeepAsCanBeWritten_comesBack() {
        Serde<Object> serde = SerdeFactory.json().create(Object.class);

        assertThat(serde.deserialize(serde.serialize(nested(1000)))).isEqualTo(nested(1000));
        assertThatThrownBy(() -> serde.serialize(nested(1001))).isInstanceOf(SerdeException.class);
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static <T> T back(TypeRef<T> type, T value) {
        Serde<T> serde = SerdeFactory.json().create(type);
        return serde.deserialize(serde.serialize(value));
    }

    @Test
    void type_askedForAgain_isNotCheckedAgain() {
        SerdeFactory json = new JsonSerdeFactory();

        assertThat(json.create(Point.class)).isSameAs(json.create(Point.class));
        assertThat(json.create(new TypeRef<List<Point>>() {})).isSameAs(json.create(new TypeRef<List<Point>>() {}));
        assertThat(json.createWriter(Point.class)).isSameAs(json.createWriter(Point.class));
    }
}
