package dev.reprise.server.query.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/**
 * Looks into texts that are JSON, as {@code json ->> 'key'} does. A missing member, and a text that is not JSON, gives
 * null. The text is read only as far as the requested member. Public, because the code that Calcite generates for a
 * plan calls them; none is called with null.
 */
@Strict
public final class JsonFunctions {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonFunctions() {}

    /** {@code json_as_text}, {@code ->>}: a member as text; a text without its quotes. */
    public static @Nullable String jsonAsText(String json, String key) {
        return read(json, member(key), JsonFunctions::text);
    }

    /** {@code json_as_text}, {@code ->>}: an element as text. */
    public static @Nullable String jsonAsText(String json, long index) {
        return read(json, element(index), JsonFunctions::text);
    }

    /** {@code json_get_str}: a member that is a text. */
    public static @Nullable String jsonGetStr(String json, String key) {
        return read(json, member(key), JsonFunctions::string);
    }

    /** {@code json_get_str}: an element that is a text. */
    public static @Nullable String jsonGetStr(String json, long index) {
        return read(json, element(index), JsonFunctions::string);
    }

    /** {@code json_get}, {@code ->}: a member as JSON. */
    public static @Nullable String jsonGet(String json, String key) {
        return read(json, member(key), JsonFunctions::written);
    }

    /** {@code json_get}, {@code ->}: an element as JSON. */
    public static @Nullable String jsonGet(String json, long index) {
        return read(json, element(index), JsonFunctions::written);
    }

    /** Moves a parser to a value; returns false if there is none. */
    private interface Step {
        boolean find(JsonParser parser) throws IOException;
    }

    private interface Reading {
        @Nullable
        String of(JsonParser parser) throws IOException;
    }

    private static @Nullable String read(String json, Step step, Reading reading) {
        try (JsonParser parser = JSON.createParser(json)) {
            return step.find(parser) ? reading.of(parser) : null;
        } catch (com.fasterxml.jackson.core.JsonProcessingException noJson) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen with a text in memory
        }
    }

    private static Step member(String key) {
        return parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(key);
                parser.nextToken();
                if (found) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        };
    }

    private static Step element(long index) {
        return parser -> {
            if (parser.nextToken() != JsonToken.START_ARRAY || index < 0) {
                return false;
            }
            for (long left = index; parser.nextToken() != JsonToken.END_ARRAY; left--) {
                if (left == 0) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        };
    }

    private static @Nullable String string(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    private static @Nullable String text(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            default -> written(parser);
        };
    }

    private static String written(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
