package dev.reprise.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object on each line, in the original's form: {@code timestamp}, {@code level}, {@code fields}, {@code
 * target}.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NOTHING = {};
    private static final CharacterEscapes ESCAPES = new Escapes();

    /** JSON escapes the control characters of ASCII; this escapes the other invisible characters in the same way. */
    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[0x7F] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return LogText.isHidden(character) ? new SerializedString(LogText.escape(character)) : null;
        }
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.setCharacterEscapes(ESCAPES);
            json.writeStartObject();
            json.writeStringField(
                    "timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
            json.writeStringField("level", event.getLevel().toString());
            json.writeObjectFieldStart("fields");
            json.writeStringField("message", LogText.bounded(event.getFormattedMessage()));
            for (Map.Entry<String, String> entry : fields(event).entrySet()) {
                json.writeStringField(entry.getKey(), LogText.bounded(entry.getValue()));
            }
            if (event.getThrowableProxy() != null) {
                json.writeStringField(
                        "exception", ThrowableProxyUtil.asString(new SafeEvent(event).getThrowableProxy()));
            }
            json.writeEndObject();
            json.writeStringField("target", event.getLoggerName());
            json.writeStringField("thread", event.getThreadName());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        line.write('\n');
        return line.toByteArray();
    }

    /** What the line's context and the line itself say, each name once; the line goes before. */
    private static Map<String, String> fields(ILoggingEvent event) {
        Map<String, String> fields = new LinkedHashMap<>(event.getMDCPropertyMap());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
            fields.put(pair.key, String.valueOf(pair.value));
        }
        return fields;
    }
}
