package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reprise.protocol.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonSerdeTest {
    record Trip(String from, Instant start, Duration length, Optional<String> note) {}

    private static final SerdeFactory JSON = SerdeFactory.json();

    @Test
    void record_writtenAndRead_isEqual() {
        Serde<Trip> serde = JSON.create(Trip.class);
        Trip trip = new Trip("Bern", Instant.parse("2026-01-02T03:04:05Z"), Duration.ofHours(2), Optional.of("x"));

        Bytes written = serde.serialize(trip);

        assertThat(written.utf8())
                .isEqualTo("{\"from\":\"Bern\",\"length\":\"PT2H\",\"note\":\"x\",\"start\":\"2026-01-02T03:04:05Z\"}");
        assertThat(serde.deserialize(written)).isEqualTo(trip);
        assertThat(serde.contentType()).contains("application/json");
    }

    @Test
    void genericType_read_keepsElementType() {
        Serde<List<Trip>> serde = JSON.create(new TypeRef<List<Trip>>() {});
        List<Trip> trips = List.of(new Trip("Bern", Instant.EPOCH, Duration.ZERO, Optional.empty()));

        assertThat(serde.deserialize(serde.serialize(trips))).isEqualTo(trips);
    }

    @Test
    void primitive_writtenAndRead_isBoxed() {
        Serde<Long> serde = JSON.create(long.class);

        assertThat(serde.serialize(42L).utf8()).isEqualTo("42");
        assertThat(serde.deserialize(Bytes.utf8("42"))).isEqualTo(42L);
    }

    @Test
    void map_written_isOrderedByKey() {
        Map<String, Integer> map = new HashMap<>();
        for (int i = 40; i > 0; i--) {
            map.put("key" + i, i);
        }
        Serde<Map<String, Integer>> serde = JSON.create(new TypeRef<Map<String, Integer>>() {});

        assertThat(serde.serialize(map).utf8()).startsWith("{\"key1\":1,\"key10\":10,\"key11\":11");
    }

    enum Color {
        RED,
        GREEN,
        BLUE
    }

    record Paint(Set<Color> colors, Collection<String> names, Set<Trip> trips) {}

    @Test
    void setsWithoutOrder_written_areOrdered() {
        Trip bern = new Trip("Bern", Instant.EPOCH, Duration.ZERO, Optional.empty());
        Trip rome = new Trip("Rome", Instant.EPOCH, Duration.ZERO, Optional.empty());
        Paint paint = new Paint(
                Set.of(Color.BLUE, Color.RED, Color.GREEN), Set.of("c", "a", "b"), new HashSet<>(List.of(rome, bern)));

        String written = JSON.create(Paint.class).serialize(paint).utf8();

        assertThat(written)
                .startsWith("{\"colors\":[\"RED\",\"GREEN\",\"BLUE\"],\"names\":[\"a\",\"b\",\"c\"],")
                .containsSubsequence("Bern", "Rome");
        assertThat(JSON.create(Object.class).serialize(Set.of(3, 20, 1)).utf8()).isEqualTo("[1,3,20]");
        assertThat(JSON.create(Object.class).serialize(Set.of("b", 1, "a")).utf8())
                .isEqualTo("[\"a\",\"b\",1]");
    }

    @Test
    void setsWithOrder_written_keepIt() {
        Serde<Set<String>> serde = JSON.create(new TypeRef<Set<String>>() {});

        assertThat(serde.serialize(new LinkedHashSet<>(List.of("c", "a", "b"))).utf8())
                .isEqualTo("[\"c\",\"a\",\"b\"]");
    }

    @Test
    void unknownProperty_read_isIgnored() {
        Trip trip = JSON.create(Trip.class).deserialize(Bytes.utf8("{\"from\":\"Bern\",\"newer\":true}"));

        assertThat(trip.from()).isEqualTo("Bern");
    }

    record Order(
            @Nullable String item,
            int count,
            boolean express,
            double weight,
            Optional<String> note,
            @Nullable List<String> tags) {}

    record Strict(@JsonProperty(required = true) int count) {}

    @Test
    void property_leftOutOfARecord_isNullOrZero() {
        assertThat(JSON.create(Order.class).deserialize(Bytes.utf8("{\"item\":\"pen\"}")))
                .isEqualTo(new Order("pen", 0, false, 0, Optional.empty(), null));
    }

    @Test
    void property_nullInARecord_isNullOrZero() {
        String nulls = "{\"item\":null,\"count\":null,\"express\":null,\"weight\":null,\"note\":null,\"tags\":null}";

        assertThat(JSON.create(Order.class).deserialize(Bytes.utf8(nulls)))
                .isEqualTo(new Order(null, 0, false, 0, Optional.empty(), null));
    }

    @Test
    void property_leftOutThoughRequired_isRefused() {
        assertThatThrownBy(() -> JSON.create(Strict.class).deserialize(Bytes.utf8("{}")))
                .isInstanceOf(SerdeException.class)
                .hasMessageContaining("Missing required creator property 'count'");
    }

    @Test
    void jsonNull_forReference_isNull() {
        @Nullable String read = JSON.create(String.class).deserialize(Bytes.utf8("null"));

        assertThat(read).isNull();
    }

    @Test
    void jsonNull_forPrimitive_isRefused() {
        assertThatThrownBy(() -> JSON.create(long.class).deserialize(Bytes.utf8("null")))
                .isInstanceOf(SerdeException.class)
                .hasMessageContaining("Expected JSON of long");
    }

    @Test
    void noBytes_read_saysContentType() {
        assertThatThrownBy(() -> JSON.create(String.class).deserialize(Bytes.EMPTY))
                .isInstanceOf(SerdeException.class)
                .hasMessage("Expected JSON of java.lang.String, found no bytes."
                        + " Send a value with content type application/json.");
    }

    @Test
    void wrongType_read_saysTypeAndPlace() {
        assertThatThrownBy(() -> JSON.create(Trip.class).deserialize(Bytes.utf8("{\n \"start\": \"noon\"}")))
                .isInstanceOf(SerdeException.class)
                .hasMessageContaining("JsonSerdeTest$Trip")
                .hasMessageContaining("at line 2, column 11")
                .hasMessageContaining("noon")
                .hasMessageEndingWith("Send a value of that type.");
    }

    @Test
    void brokenJson_read_saysPlace() {
        assertThatThrownBy(() -> JSON.create(String.class).deserialize(Bytes.utf8("\"open")))
                .isInstanceOf(SerdeException.class)
                .hasMessageContaining("at line 1");
    }

    @Test
    void secondValue_read_isRefused() {
        assertThatThrownBy(() -> JSON.create(int.class).deserialize(Bytes.utf8("1 2")))
                .isInstanceOf(SerdeException.class);
    }

    static final class Loop {
        public Loop getSelf() {
            return this;
        }
    }

    @Test
    void unwritableValue_written_saysType() {
        assertThatThrownBy(() -> JSON.create(Loop.class).serialize(new Loop()))
                .isInstanceOf(SerdeException.class)
                .hasMessageContaining("JsonSerdeTest$Loop")
                .hasMessageContaining("self-reference");
    }
}
