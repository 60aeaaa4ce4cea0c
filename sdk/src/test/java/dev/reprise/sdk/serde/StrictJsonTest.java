package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the strict factory refuses, and that it writes as the standard one. */
class StrictJsonTest {
    record Item(String name) {}

    record Order(List<Item> items) {}

    private static final SerdeFactory STRICT = new StrictJson();

    @Test
    void unknownProperty_isRefusedWithItsName() {
        Serde<Order> serde = STRICT.create(Order.class);

        assertThatThrownBy(() -> serde.deserialize(Bytes.utf8("{\"items\":[{\"name\":\"pen\",\"colour\":1}]}")))
                .isInstanceOf(SerdeException.class)
                .hasMessageContainingAll("at line 1", "\"colour\"");
    }

    @Test
    void everythingElse_isAsInTheStandardFactory() {
        Order order = new Order(List.of(new Item("pen")));
        Serde<Order> serde = STRICT.create(Order.class);

        assertThat(serde.serialize(order))
                .isEqualTo(SerdeFactory.json().create(Order.class).serialize(order));
        assertThat(serde.deserialize(serde.serialize(order))).isEqualTo(order);
        assertThat(serde.deserialize(Bytes.utf8("{}")).items()).isNull();
        assertThat(STRICT.createWriter(Order.class).serialize(order)).isEqualTo(serde.serialize(order));
        assertThat(STRICT.create(byte[].class)).isSameAs(Serde.raw());
    }
}
