package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.examples.guides.Serialization.Bookings;
import dev.reprise.examples.guides.Serialization.Card;
import dev.reprise.examples.guides.Serialization.Invoice;
import dev.reprise.examples.guides.Serialization.Payment;
import dev.reprise.examples.guides.Serialization.Snakes;
import dev.reprise.examples.guides.Serialization.Strict;
import dev.reprise.examples.guides.Serialization.Trip;
import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.StrictJson;
import dev.reprise.testkit.RepriseExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/serialization.md} says of types and serdes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SerializationTest {
    private static final SerdeFactory JSON = SerdeFactory.json();

    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Bookings(), new Strict(), new Snakes());

    @Test
    void values_ofAllKinds_comeBack(Client client) {
        TypedClient<Bookings> bookings = client.service(Bookings.class);
        assertThat(bookings.call(Bookings::pay, new Card("4711"))).isEqualTo("card 4711");
        assertThat(bookings.call(Bookings::pay, new Invoice(30))).isEqualTo("within 30 days");
        assertThat(bookings.call(Bookings::all).get("ada"))
                .singleElement()
                .extracting(Trip::city)
                .isEqualTo("Lisbon");
        assertThat(bookings.call(Bookings::note)).isEqualTo("ready");
        assertThat(client.service(Strict.class).call(Strict::echo, new Card("1")))
                .isEqualTo(new Card("1"));
        JsonNode address = client.call(Target.service("Snakes", "echo"), Map.of("street_name", "Main"), JsonNode.class);
        assertThat(address.get("street_name").asText()).isEqualTo("Main");
    }

    @Test
    void strictService_refusesAnUnknownPropertyOfItsInput(Client client) {
        Map<String, Object> card = Map.of("number", "1", "stars", 5);

        assertThatThrownBy(() -> client.call(Target.service("Strict", "echo"), card, Card.class))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        refused -> assertThat(refused.code()).isEqualTo(400));
    }

    @Test
    void sealedType_isWrittenWithItsKind() {
        Serde<Payment> payments = JSON.create(Payment.class);
        assertThat(payments.serialize(new Invoice(30)).utf8()).isEqualTo("{\"by\":\"invoice\",\"days\":30}");
    }

    @Test
    void property_requiredOrUnknown() {
        Serde<Trip> trips = JSON.create(Trip.class);
        assertThat(trips.deserialize(Bytes.utf8("{\"city\":\"Rome\",\"stars\":5}"))
                        .remark())
                .isEmpty();
        assertThatThrownBy(() -> trips.deserialize(Bytes.utf8("{}"))).isInstanceOf(SerdeException.class);
        Serde<Card> strict = new StrictJson().create(Card.class);
        assertThatThrownBy(() -> strict.deserialize(Bytes.utf8("{\"number\":\"1\",\"stars\":5}")))
                .isInstanceOf(SerdeException.class);
    }

    /** Sealed, but nothing says in JSON which one it is. */
    sealed interface Untold {}

    record One() implements Untold {}

    static Stream<Class<?>> refused() {
        return Stream.of(CompletableFuture.class, Stream.class, Untold.class, Runnable.class, Thread.class);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void type_thatCannotComeBack_isRefused(Class<?> type) {
        assertThatThrownBy(() -> JSON.create(type)).isInstanceOf(SerdeException.class);
    }

    @Test
    void list_withoutItsElementType_isTaken() {
        assertThat(JSON.create(List.class)).isNotNull();
    }
}
