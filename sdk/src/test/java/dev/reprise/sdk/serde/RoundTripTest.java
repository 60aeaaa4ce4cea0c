package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.RestatePromise;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which types a serde is made for, and that their values come back; which are refused, and what the message says. */
class RoundTripTest {
    record Nothing() {}

    record Point(int x, int y) {}

    record Box<T>(T content, List<T> more) {}

    record Tree(String name, List<Tree> below) {}

    record Holder(String name, CompletableFuture<String> value) {}

    record Deep(Map<String, List<NoCreator>> all) {}

    record Loose(Object anything, CharSequence order) {}

    record Raw(byte[] bytes) {}

    enum Color {
        RED,
        GREEN
    }

    interface Shape {
        double area();
    }

    record Square(double side) implements Shape {
        @Override
        public double area() {
            return side * side;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Cat.class, name = "cat"))
    sealed interface Animal permits Cat {}

    record Cat(String name) implements Animal {}

    static class Marker {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Marker;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    static class Bean {
        private int count;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean that && count == that.count;
        }

        @Override
        public int hashCode() {
            return count;
        }
    }

    static class Fluent {
        private final String name = "x";

        public String name() {
            return name;
        }
    }

    static class Computed {
        private final int value = 3;

        public int value() {
            return value;
        }

        public boolean isPositive() {
            return value > 0;
        }
    }

    static class NoCreator {
        private final int x;

        NoCreator(int x, int ignored) {
            this.x = x + ignored;
        }

        public int getX() {
            return x;
        }
    }

    /** One parameter that is no property: Jackson would make it from a text, which is not what it writes. */
    static class FromText {
        private final String text;

        public FromText(String text) {
            this.text = text;
        }

        public String getValue() {
            return text;
        }
    }

    static class ByCreator {
        private final String name;

        private ByCreator(String name) {
            this.name = name;
        }

        @JsonCreator
        static ByCreator of(@JsonProperty("name") String name) {
            return new ByCreator(name);
        }

        public String getName() {
            return name;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ByCreator that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    abstract static class Making {
        @JsonCreator
        Making(@JsonProperty("x") int x, @JsonProperty("y") int y) {}
    }

    record Id(@JsonValue String text) {
        @JsonCreator
        Id {}
    }

    static class OneWayId {
        @JsonValue
        final String text;

        OneWayId(String text, int ignored) {
            this.text = text + ignored;
        }
    }

    static class AnyProperties {
        private final Map<String, Object> all = new TreeMap<>();

        @JsonAnyGetter
        public Map<String, Object> all() {
            return all;
        }

        @JsonAnySetter
        public void put(String name, Object value) {
            all.put(name, value);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AnyProperties that && all.equals(that.all);
        }

        @Override
        public int hashCode() {
            return all.hashCode();
        }
    }

    static class Unwrapped {
        @JsonUnwrapped
        public Point point = new Point(1, 2);

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Unwrapped that && point.equals(that.point);
        }

        @Override
        public int hashCode() {
            return point.hashCode();
        }
    }

    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    static class SeenFields {
        private final String name = "x";

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof SeenFields that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    @JsonDeserialize(builder = Built.Builder.class)
    record Built(int size) {
        @JsonPOJOBuilder(withPrefix = "")
        static class Builder {
            private int size;

            Builder size(int newSize) {
                size = newSize;
                return this;
            }

            Built build() {
                return new Built(size);
            }
        }
    }

    @JsonSerialize(using = Custom.Writer.class)
    @JsonDeserialize(using = Custom.Reader.class)
    static class Custom {
        private final int number;

        Custom(int number, int more) {
            this.number = number + more;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Custom that && number == that.number;
        }

        @Override
        public int hashCode() {
            return number;
        }

        static class Writer extends JsonSerializer<Custom> {
            @Override
            public void serialize(Custom value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeNumber(value.number);
            }
        }

        static class Reader extends JsonDeserializer<Custom> {
            @Override
            public Custom deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return new Custom(in.getIntValue(), 0);
            }
        }
    }

    static class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names(String first) {
            add(first);
        }
    }

    private static Arguments good(TypeRef<?> type, Object value) {
        return arguments(type, value);
    }

    private static Arguments good(Class<?> type, Object value) {
        return arguments(TypeRef.of(type), value);
    }

    static Stream<Arguments> typesThatComeBack() {
        AnyProperties any = new AnyProperties();
        any.put("a", 1);
        Bean bean = new Bean();
        bean.setCount(4);
        return Stream.of(
                good(String.class, "x"),
                good(int.class, 1),
                good(boolean.class, true),
                good(Double.class, 1.5),
                good(char.class, 'x'),
                good(BigInteger.class, BigInteger.TEN.pow(2000)),
                good(BigDecimal.class, new BigDecimal("1.25")),
                good(Object.class, List.of(1, "a")),
                good(JsonNode.class, JsonNodeFactory.instance.objectNode().put("a", 1)),
                good(Map.class, Map.of("a", 1)),
                good(new TypeRef<Map<String, Object>>() {}, Map.of("a", List.of(1))),
                good(new TypeRef<List<Point>>() {}, List.of(new Point(1, 2))),
                good(new TypeRef<Set<Color>>() {}, Set.of(Color.RED)),
                good(new TypeRef<Collection<String>>() {}, List.of("a")),
                good(new TypeRef<Iterable<String>>() {}, List.of("a")),
                good(new TypeRef<SortedMap<Integer, String>>() {}, new TreeMap<>(Map.of(1, "a"))),
                good(new TypeRef<EnumMap<Color, Integer>>() {}, new EnumMap<>(Map.of(Color.RED, 1))),
                good(new TypeRef<Map<LocalDate, String>>() {}, Map.of(LocalDate.EPOCH, "a")),
                good(new TypeRef<Map.Entry<String, Integer>>() {}, Map.entry("a", 1)),
                good(new TypeRef<Optional<Point>>() {}, Optional.of(new Point(1, 2))),
                good(OptionalInt.class, OptionalInt.of(1)),
                good(int[].class, new int[] {1, 2}),
                good(Point[].class, new Point[] {new Point(1, 2)}),
                good(Color.class, Color.GREEN),
                good(Nothing.class, new Nothing()),
                good(Marker.class, new Marker()),
                good(Point.class, new Point(1, 2)),
                good(new TypeRef<Box<Instant>>() {}, new Box<>(Instant.EPOCH, List.of(Instant.MAX))),
                good(Tree.class, new Tree("a", List.of(new Tree("b", List.of())))),
                good(Loose.class, new Loose("a", "b")),
                good(Bean.class, bean),
                good(ByCreator.class, ByCreator.of("a")),
                good(Id.class, new Id("a")),
                good(AnyProperties.class, any),
                good(Unwrapped.class, new Unwrapped()),
                good(SeenFields.class, new SeenFields()),
                good(Built.class, new Built(3)),
                good(Custom.class, new Custom(1, 2)),
                good(Animal.class, new Cat("Tom")),
                good(new TypeRef<List<Animal>>() {}, List.of(new Cat("Tom"))),
                good(Instant.class, Instant.EPOCH),
                good(Duration.class, Duration.ofSeconds(1)),
                good(ZonedDateTime.class, ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC)),
                good(UUID.class, new UUID(1, 2)),
                good(URI.class, URI.create("http://a")),
                good(Locale.class, Locale.ROOT),
                good(TimeUnit.class, TimeUnit.DAYS),
                good(AtomicInteger.class, new AtomicInteger(3)),
                good(Number.class, 3));
    }

    @ParameterizedTest
    @MethodSource
    void typesThatComeBack(TypeRef<Object> type, Object value) {
        Serde<Object> serde = SerdeFactory.json().create(type);

        Bytes written = serde.serialize(value);

        assertThat(serde.serialize(serde.deserialize(written))).isEqualTo(written);
        if (!(value instanceof AtomicInteger)) {
            assertThat(serde.deserialize(written)).isEqualTo(value);
        }
    }

    private static Arguments bad(TypeRef<?> type, String reason) {
        return arguments(type, reason);
    }

    private static Arguments bad(Class<?> type, String reason) {
        return arguments(TypeRef.of(type), reason);
    }

    static Stream<Arguments> typesThatDoNotComeBack() {
        return Stream.of(
                bad(new TypeRef<Future<String>>() {}, "goes on in this process. Wait for it, and give its value."),
                bad(new TypeRef<CompletableFuture<String>>() {}, "goes on in this process"),
                bad(new TypeRef<CompletionStage<String>>() {}, "goes on in this process"),
                bad(new TypeRef<RestatePromise<String>>() {}, "Await it, and give its value."),
                bad(new TypeRef<List<Future<String>>>() {}, "at \"[]\""),
                bad(Holder.class, "CompletableFuture<java.lang.String> at \"value\""),
                bad(Deep.class, "NoCreator at \"all[][]\""),
                bad(Fluent.class, "sees none of its properties, and would write it as {}"),
                bad(Computed.class, "none of the properties that are written is read"),
                bad(NoCreator.class, "neither a constructor nor a factory"),
                bad(new TypeRef<Optional<NoCreator>>() {}, "neither a constructor nor a factory"),
                bad(NoCreator[].class, "neither a constructor nor a factory"),
                bad(FromText.class, "neither a constructor nor a factory"),
                bad(OneWayId.class, "nothing takes what its @JsonValue gives"),
                bad(Names.class, "no constructor without parameters"),
                bad(Map.Entry.class, "Missing generic type information"),
                bad(EnumMap.class, "generic (key) type not available"),
                bad(new TypeRef<Map<Point, String>>() {}, "Key"),
                bad(new TypeRef<Iterator<String>>() {}, "Collect it into a list."),
                bad(new TypeRef<Stream<String>>() {}, "Collect it into a list."),
                bad(Shape.class, "it is abstract"),
                bad(Runnable.class, "it is abstract"),
                bad(new TypeRef<Supplier<String>>() {}, "it is abstract"),
                bad(InputStream.class, "it is abstract"),
                bad(Thread.class, "goes on in this process"));
    }

    @ParameterizedTest
    @MethodSource
    void typesThatDoNotComeBack(TypeRef<?> type, String reason) {
        assertThatThrownBy(() -> SerdeFactory.json().create(type))
                .isInstanceOf(SerdeException.class)
                .hasMessageStartingWith("Expected a type that can be written as JSON and read again, found ")
                .hasMessageContaining(reason);
    }
}
