package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.protocol.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerdeTest {
    record Person(String firstName) {}

    @Test
    void none_anyBytes_givesNothing() {
        assertThat(Serde.none().deserialize(Bytes.utf8("ignored"))).isNull();
        assertThat(Serde.none().serialize(null)).isEqualTo(Bytes.EMPTY);
        assertThat(Serde.none().contentType()).isEmpty();
    }

    @Test
    void raw_arrayChangedAfterwards_bytesUnchanged() {
        byte[] array = {1, 2, 3};

        Bytes written = Serde.raw().serialize(array);
        array[0] = 9;
        Serde.raw().deserialize(written)[1] = 9;

        assertThat(written).isEqualTo(Bytes.copyOf(new byte[] {1, 2, 3}));
        assertThat(Serde.raw().contentType()).contains("application/octet-stream");
    }

    @Test
    void jsonFactory_voidTypes_givesNone() {
        assertThat(SerdeFactory.json().create(Void.class)).isSameAs(Serde.none());
        assertThat(SerdeFactory.json().create(void.class)).isSameAs(Serde.none());
    }

    @Test
    void jsonFactory_bytes_givesThemAsTheyAre() {
        Bytes bytes = Bytes.utf8("{");

        assertThat(SerdeFactory.json().create(byte[].class)).isSameAs(Serde.raw());
        assertThat(SerdeFactory.json().create(Bytes.class).serialize(bytes)).isSameAs(bytes);
        assertThat(SerdeFactory.json().create(Bytes.class).deserialize(bytes)).isSameAs(bytes);
    }

    @Test
    void jsonFactory_ownMapper_isUsed() {
        SerdeFactory snake = new JsonSerdeFactory(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());

        assertThat(snake.create(Person.class).serialize(new Person("Ada")).utf8())
                .isEqualTo("{\"first_name\":\"Ada\"}");
    }

    @Test
    void typeRef_sameType_isEqual() {
        assertThat(new TypeRef<List<String>>() {}).isEqualTo(new TypeRef<List<String>>() {});
        assertThat(new TypeRef<List<String>>() {}).isNotEqualTo(new TypeRef<List<Long>>() {});
        assertThat(new TypeRef<String>() {})
                .isEqualTo(TypeRef.of(String.class))
                .hasSameHashCodeAs(TypeRef.of(String.class));
        assertThat(new TypeRef<List<String>>() {}).hasToString("java.util.List<java.lang.String>");
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"})
    void typeRef_withoutType_isRefused() {
        assertThatThrownBy(() -> new TypeRef() {})
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Write the type between the angle brackets");
    }
}
