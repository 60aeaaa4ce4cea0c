package dev.reprise.sdk.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the standard serde says about the JSON of a type. */
class JsonSchemaTest {
    private static String schema(TypeRef<?> type) {
        return SerdeFactory.json().create(type).jsonSchema().orElseThrow();
    }

    private static String schema(Class<?> type) {
        return schema(TypeRef.of((Type) type));
    }

    interface Marker {}

    @Test
    void plainTypes_haveTheJsonTypeTheyAreWrittenAs() {
        assertThat(schema(String.class)).isEqualTo("{\"type\":\"string\"}");
        assertThat(schema(int.class)).isEqualTo("{\"type\":\"integer\"}");
        assertThat(schema(Long.class)).isEqualTo("{\"type\":\"integer\"}");
        assertThat(schema(boolean.class)).isEqualTo("{\"type\":\"boolean\"}");
        assertThat(schema(double.class)).isEqualTo("{\"type\":\"number\"}");
        assertThat(schema(BigDecimal.class)).isEqualTo("{\"type\":\"number\"}");
        assertThat(schema(Object.class)).isEqualTo("{}");
        assertThat(SerdeFactory.json().createWriter(Marker.class).jsonSchema()).contains("{}");
        assertThat(schema(JsonNode.class)).isEqualTo("{}");
        assertThat(schema(UUID.class)).isEqualTo("{\"type\":\"string\",\"format\":\"uuid\"}");
    }

    @Test
    void times_areTexts() {
        assertThat(schema(Instant.class)).isEqualTo("{\"type\":\"string\",\"format\":\"date-time\"}");
        assertThat(schema(LocalDate.class)).isEqualTo("{\"type\":\"string\",\"format\":\"date\"}");
        assertThat(schema(Duration.class)).startsWith("{\"type\":\"string\"");
    }

    @Test
    void nothingAndBytes_haveNoSchema() {
        assertThat(SerdeFactory.json().create(void.class).jsonSchema()).isEmpty();
        assertThat(SerdeFactory.json().create(byte[].class).jsonSchema()).isEmpty();
    }

    enum Color {
        RED,
        GREEN
    }

    @Test
    void containers_sayWhatTheyHold() {
        assertThat(schema(Color.class)).isEqualTo("{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}");
        assertThat(schema(new TypeRef<List<Color>>() {}))
                .isEqualTo("{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}}");
        assertThat(schema(new TypeRef<Set<String>>() {}))
                .isEqualTo("{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}");
        assertThat(schema(new TypeRef<Map<String, List<Integer>>>() {}))
                .isEqualTo("{\"type\":\"object\",\"additionalProperties\":"
                        + "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}");
        assertThat(schema(int[].class)).isEqualTo("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}");
        assertThat(schema(new TypeRef<Optional<String>>() {}))
                .isEqualTo("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}");
        assertThat(schema(OptionalInt.class)).isEqualTo("{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}");
    }

    @JsonClassDescription("Who flies.")
    record Traveller(
            @JsonProperty(required = true) String name,
            @JsonPropertyDescription("In years.") int age,
            byte[] photo,
            @JsonIgnore String secret) {}

    record Trip(Traveller leader, List<Traveller> others) {}

    @Test
    void record_isAnObjectWithItsProperties() {
        assertThat(schema(Traveller.class)).isEqualTo("""
                        {"title":"Traveller","type":"object","description":"Who flies.","properties":{\
                        "age":{"type":"integer","description":"In years."},"name":{"type":"string"},\
                        "photo":{"type":"string","contentEncoding":"base64"}},"required":["age","name","photo"]}""");
    }

    @Test
    void nestedType_isDefinedOnce() {
        assertThat(schema(Trip.class)).startsWith("""
                        {"title":"Trip","type":"object","properties":{"leader":{"$ref":"#/$defs/Traveller"},\
                        "others":{"type":"array","items":{"$ref":"#/$defs/Traveller"}}},\
                        "required":["leader","others"],\
                        "$defs":{"Traveller":{"title":"Traveller",""");
    }

    record Tree(String value, List<Tree> children) {}

    @Test
    void typeThatContainsItself_refersToItself() {
        assertThat(schema(Tree.class)).isEqualTo("""
                        {"title":"Tree","type":"object","properties":{\
                        "children":{"type":"array","items":{"$ref":"#/$defs/Tree"}},"value":{"type":"string"}},\
                        "required":["children","value"],\
                        "$defs":{"Tree":{"title":"Tree","type":"object","properties":{\
                        "children":{"type":"array","items":{"$ref":"#/$defs/Tree"}},"value":{"type":"string"}},\
                        "required":["children","value"]}}}""");
    }

    record Page<T>(List<T> items, Optional<String> next) {}

    record Pages(Page<String> names, Page<Integer> ages) {}

    @Test
    void genericType_isDefinedPerArgument() throws Exception {
        JsonNode schema = new JsonMapper().readTree(schema(Pages.class));

        assertThat(schema.at("/properties/ages/$ref").asText()).isEqualTo("#/$defs/PageOfInteger");
        assertThat(schema.at("/$defs/PageOfInteger/properties/items/items/type").asText())
                .isEqualTo("integer");
        assertThat(schema.at("/$defs/PageOfString/properties/items/items/type").asText())
                .isEqualTo("string");
        assertThat(schema.at("/$defs/PageOfString/properties/next/anyOf/1/type").asText())
                .isEqualTo("null");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Group.class, name = "group")
    })
    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Group(List<Shape> shapes) implements Shape {}

    @Test
    void subtypes_areAlternativesToldApartByTheirId() {
        assertThat(schema(Shape.class)).isEqualTo("""
                        {"oneOf":[{"$ref":"#/$defs/Circle"},{"$ref":"#/$defs/Group"}],"$defs":{\
                        "Circle":{"title":"Circle","type":"object","properties":{\
                        "kind":{"const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"]},\
                        "Group":{"title":"Group","type":"object","properties":{"kind":{"const":"group"},\
                        "shapes":{"type":"array","items":{"oneOf":[\
                        {"$ref":"#/$defs/Circle"},{"$ref":"#/$defs/Group"}]}}},"required":["kind","shapes"]}}}""");
    }

    @Test
    void subtype_byItself_isNoChoiceAmongItsSiblings() {
        assertThat(schema(Circle.class)).isEqualTo("""
                        {"title":"Circle","type":"object","properties":{\
                        "kind":{"const":"circle"},"radius":{"type":"number"}},"required":["kind","radius"]}""");
    }

    record Email(@JsonValue String address) {}

    record Contact(Email homeAddress) {}

    @Test
    void mapperOfYourOwn_decides() {
        var snakes = new JsonSerdeFactory(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());

        assertThat(snakes.create(Contact.class).jsonSchema().orElseThrow())
                .isEqualTo("{\"title\":\"Contact\",\"type\":\"object\","
                        + "\"properties\":{\"home_address\":{\"type\":\"string\"}},"
                        + "\"required\":[\"home_address\"]}");
    }

    record Entry(
            int number,
            String text,
            @Nullable String remark,
            byte @Nullable [] photo,
            Optional<String> note,
            OptionalInt age,
            @JsonProperty(defaultValue = "1") int count,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,
            @JsonProperty("other") String renamed) {}

    static final class Bean {
        private int number;

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    @Test
    void component_isRequired_unlessItMayBeMissing() throws Exception {
        assertThat(new JsonMapper().readTree(schema(Entry.class)).get("required"))
                .extracting(JsonNode::asText)
                .containsExactly("number", "other", "text");
        assertThat(schema(Bean.class)).doesNotContain("required");
    }

    @Test
    void component_leftOutByTheMapper_isNotRequired() {
        var sparing = new JsonSerdeFactory(JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
                .build());

        assertThat(sparing.create(Circle.class).jsonSchema().orElseThrow()).contains("\"required\":[\"kind\"]");
    }

    /** Two getters for one property: Jackson refuses to write it, and reads it well. */
    static final class ReadOnly {
        public int getready() {
            return 0;
        }

        public String getReady() {
            return "";
        }
    }

    @Test
    void typeThatCannotBeWritten_hasNoSchema() {
        assertThat(SerdeFactory.json().createWriter(ReadOnly.class).jsonSchema())
                .isEmpty();
    }
}
