package dev.reprise.examples.guides;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.serde.JsonSerdeFactory;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.StrictJson;
import dev.reprise.sdk.serde.TypeRef;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types and serdes that {@code docs/serialization.md} shows. */
public final class Serialization {
    private Serialization() {}

    /** A record is all that is needed. */
    public record Trip(@JsonProperty(required = true) String city, LocalDate from, Optional<String> remark) {}

    /** One of several. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Invoice.class, name = "invoice")
    })
    public sealed interface Payment {}

    /** Paid by card. */
    public record Card(String number) implements Payment {}

    /** Paid later. */
    public record Invoice(int days) implements Payment {}

    /** Takes and gives values of all kinds. */
    @Service
    public static class Bookings {
        /** A sealed type in, a text out. */
        @Handler
        public String pay(Context ctx, Payment payment) {
            return switch (payment) {
                case Card(String number) -> "card " + number;
                case Invoice(int days) -> "within " + days + " days";
            };
        }

        /** A step with a generic result. */
        @Handler
        public Map<String, List<Trip>> all(Context ctx) {
            return ctx.run("read trips", new TypeRef<Map<String, List<Trip>>>() {}, Serialization::trips);
        }

        /** A step with a serde of its own. */
        @Handler
        public String note(Context ctx) {
            return ctx.run("read note", new Marked(), () -> "ready");
        }
    }

    private static Map<String, List<Trip>> trips() {
        return Map.of("ada", List.of(new Trip("Lisbon", LocalDate.of(2030, 1, 1), Optional.empty())));
    }

    /** A serde by hand. */
    static final class Marked implements Serde<String> {
        @Override
        public Bytes serialize(String value) {
            return Bytes.utf8("!" + value);
        }

        @Override
        public String deserialize(Bytes bytes) {
            String text = bytes.utf8();
            if (!text.startsWith("!")) {
                throw new SerdeException("Expected a text that begins with '!', found \"" + text + "\".", null);
            }
            return text.substring(1);
        }

        @Override
        public Optional<String> contentType() {
            return Optional.of("text/plain");
        }
    }

    /** Refuses properties it does not know. */
    @Service(serde = StrictJson.class)
    public static class Strict {
        /** Gives back what it was given. */
        @Handler
        public Card echo(Context ctx, Card card) {
            return card;
        }
    }

    /** A mapper of one's own for a whole service. */
    public static final class SnakeCase implements SerdeFactory {
        private static final SerdeFactory JSON = new JsonSerdeFactory(JsonSerdeFactory.standardMapper()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());

        @Override
        public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
            return JSON.create(type);
        }
    }

    /** Writes names in snake case. */
    @Service(serde = SnakeCase.class)
    public static class Snakes {
        /** Gives back what it was given. */
        @Handler
        public Address echo(Context ctx, Address address) {
            return address;
        }
    }

    /** Where somebody lives. */
    public record Address(String streetName) {}
}
