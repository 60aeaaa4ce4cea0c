package dev.reprise.sdk.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.reprise.protocol.WellFormed;
import java.io.IOException;

/** Writes the keys of maps, but refuses unpaired surrogates, which Jackson would write and could not read. */
final class TextKeys extends JsonSerializer<String> {
    @Override
    public void serialize(String key, JsonGenerator out, SerializerProvider provider) throws IOException {
        try {
            out.writeFieldName(WellFormed.require("key of a map", key));
        } catch (IllegalArgumentException e) {
            throw JsonMappingException.from(out, e.getMessage(), e);
        }
    }
}
