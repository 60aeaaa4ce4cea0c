package dev.reprise.server.query.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as {@code {"rows":[{"id":"inv_1…"},…]}}. A null is left out; a time is a text in the form of ISO 8601 in
 * UTC, a span of time one such as {@code PT86400S}, and bytes are a text of hexadecimal digits.
 */
public final class JsonRowWriter implements RowWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final HexFormat HEX = HexFormat.of();

    private final List<Column> columns;
    private final JsonGenerator json;

    public JsonRowWriter(List<Column> columns, OutputStream out) throws IOException {
        this.columns = columns;
        this.json = JSON.createGenerator(out).disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        json.writeStartObject();
        json.writeArrayFieldStart("rows");
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            if (value != null) {
                json.writeFieldName(columns.get(i).name());
                write(columns.get(i).type(), value);
            }
        }
        json.writeEndObject();
    }

    private void write(ColumnType type, Object value) throws IOException {
        switch (type) {
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT64, UINT32 -> json.writeNumber(((Number) value).longValue());
            case UINT64 -> json.writeNumber(integer(value).toBigInteger());
            case FLOAT64 -> json.writeNumber(((Number) value).doubleValue());
            case TEXT -> json.writeString(value.toString());
            case BINARY -> json.writeString(new HexDigits((ByteString) value), -1);
            case DATE ->
                json.writeString(
                        LocalDate.ofEpochDay(((Number) value).longValue()).toString());
            case TIMESTAMP ->
                json.writeString(
                        Instant.ofEpochMilli(((Number) value).longValue()).toString());
            case DURATION -> json.writeString(span(((Number) value).longValue()));
            case TEXT_LIST -> writeList(ColumnType.TEXT, (List<?>) value);
            case UINT32_LIST -> writeList(ColumnType.UINT32, (List<?>) value);
        }
    }

    private static BigDecimal integer(Object value) {
        BigDecimal number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        return number.setScale(0, RoundingMode.DOWN);
    }

    /** Writes bytes as hexadecimal digits, piece by piece. */
    private static final class HexDigits extends Reader {
        private final ByteString bytes;
        private int next;

        private HexDigits(ByteString bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(char[] buffer, int from, int count) {
            if (next == bytes.length()) {
                return -1;
            }
            int to = from;
            while (next < bytes.length() && to + 1 < from + count) {
                buffer[to++] = HEX.toHighHexDigit(bytes.byteAt(next));
                buffer[to++] = HEX.toLowHexDigit(bytes.byteAt(next++));
            }
            return to - from;
        }

        @Override
        public void close() {}
    }

    private void writeList(ColumnType type, List<?> values) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            if (value == null) {
                json.writeNull();
            } else {
                write(type, value);
            }
        }
        json.writeEndArray();
    }

    private static String span(long millis) {
        if (millis == 0) {
            return "P0D";
        }
        long whole = Math.abs(millis);
        String seconds = whole % 1000 == 0
                ? String.valueOf(whole / 1000)
                : String.format(Locale.ROOT, "%d.%03d", whole / 1000, whole % 1000);
        return (millis < 0 ? "-PT" : "PT") + seconds + "S";
    }

    @Override
    public void finish() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }
}
