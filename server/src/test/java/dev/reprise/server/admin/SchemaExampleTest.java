package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that are made of JSON schemas. */
final class SchemaExampleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"string"} | "string"
            {"type":["integer","null"],"minimum":3} | 3
            {"enum":["SLOW","FAST"]} | "SLOW"
            {"type":"string","examples":["ada"]} | "ada"
            {"type":"object","properties":{"a":{"type":"boolean"},"b":{"type":"array","items":{"type":"number"}}}} | {"a":false,"b":[0]}
            {"properties":{"at":{"type":"string","format":"date"}}} | {"at":"2026-01-31"}
            {"$ref":"#/$defs/A","$defs":{"A":{"oneOf":[{"type":"null"},{"type":"string"}]}}} | null
            {"$ref":"#/$defs/nobody"} | {}
            {} | {}
            """)
    void example_fitsItsSchema(String schema, String expected) throws JsonProcessingException {
        assertThat(SchemaExample.of(JSON.readTree(schema))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"$ref":"#"} | null
            {"type":"array","items":{"$ref":"#"}} | [
            """)
    void schema_thatContainsItself_hasAnEnd(String schema, String expected) throws JsonProcessingException {
        assertThat(SchemaExample.of(JSON.readTree(schema)).toString()).startsWith(expected);
    }
}
