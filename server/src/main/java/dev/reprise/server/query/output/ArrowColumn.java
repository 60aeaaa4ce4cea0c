package dev.reprise.server.query.output;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A column of a record batch while it is filled: which values are present, and their bytes, in the layout of Arrow's
 * columnar format.
 */
public final class ArrowColumn {
    private final ColumnType type;
    private final ArrowBuffer validity = new ArrowBuffer();
    private final ArrowBuffer offsets = new ArrowBuffer();
    private final ArrowBuffer values = new ArrowBuffer();
    private final @Nullable ArrowColumn elements;
    private int length;
    private int nulls;

    ArrowColumn(ColumnType type) {
        this.type = type;
        this.elements = switch (type) {
            case TEXT_LIST -> new ArrowColumn(ColumnType.TEXT);
            case UINT32_LIST -> new ArrowColumn(ColumnType.UINT32);
            default -> null;
        };
        putOffset();
    }

    int length() {
        return length;
    }

    int nulls() {
        return nulls;
    }

    /** The column of a list's elements; null if it holds no lists. */
    @Nullable
    ArrowColumn elements() {
        return elements;
    }

    /** The buffers of this column, without those of its elements. */
    List<ArrowBuffer> buffers() {
        List<ArrowBuffer> buffers = new ArrayList<>(List.of(validity));
        if (offsets.size() > 0) {
            buffers.add(offsets);
        }
        if (elements == null) {
            buffers.add(values);
        }
        return buffers;
    }

    /** Roughly how many bytes it holds. */
    long bytes() {
        return values.size() + offsets.size() + (elements == null ? 0 : elements.bytes());
    }

    void add(@Nullable Object value) {
        validity.putBit(length, value != null);
        switch (type) {
            case BOOLEAN -> values.putBit(length, Boolean.TRUE.equals(value));
            case UINT32, DATE -> values.putInt((int) number(value));
            case INT64, UINT64, TIMESTAMP, DURATION -> values.putLong(number(value));
            case FLOAT64 ->
                values.putLong(Double.doubleToRawLongBits(value == null ? 0 : ((Number) value).doubleValue()));
            case TEXT -> values.put(value == null ? "" : value.toString());
            case BINARY -> values.put(value == null ? ByteString.EMPTY : (ByteString) value);
            case TEXT_LIST, UINT32_LIST -> addAll(value == null ? List.of() : (List<?>) value);
        }
        length++;
        nulls += value == null ? 1 : 0;
        putOffset();
    }

    private static long number(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case BigDecimal decimal -> decimal.toBigInteger().longValue();
            default -> ((Number) value).longValue();
        };
    }

    private void addAll(List<?> list) {
        if (elements != null) {
            list.forEach(elements::add);
        }
    }

    private void putOffset() {
        if (type == ColumnType.TEXT || type == ColumnType.BINARY) {
            offsets.putLong(values.size());
        } else if (elements != null) {
            offsets.putInt(elements.length());
        }
    }
}
