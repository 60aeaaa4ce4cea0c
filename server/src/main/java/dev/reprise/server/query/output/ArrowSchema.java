package dev.reprise.server.query.output;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.LargeBinary;
import org.apache.arrow.flatbuf.LargeUtf8;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** A result's columns as a schema in Arrow's format. */
public final class ArrowSchema {
    private record Typed(byte type, int offset) {}

    private ArrowSchema() {}

    /** Writes the schema; returns its position. */
    static int of(List<Column> columns, FlatBufferBuilder metadata) {
        int[] fields = columns.stream()
                .mapToInt(column -> field(metadata, column.name(), column.type()))
                .toArray();
        int all = Schema.createFieldsVector(metadata, fields);
        Schema.startSchema(metadata);
        Schema.addEndianness(metadata, Endianness.Little);
        Schema.addFields(metadata, all);
        return Schema.endSchema(metadata);
    }

    private static int field(FlatBufferBuilder metadata, String name, ColumnType type) {
        int title = metadata.createString(name);
        int[] elements = switch (type) {
            case TEXT_LIST -> new int[] {field(metadata, "item", ColumnType.TEXT)};
            case UINT32_LIST -> new int[] {field(metadata, "item", ColumnType.UINT32)};
            default -> new int[0];
        };
        int children = Field.createChildrenVector(metadata, elements);
        Typed typed = typed(metadata, type);
        Field.startField(metadata);
        Field.addName(metadata, title);
        Field.addNullable(metadata, true);
        Field.addTypeType(metadata, typed.type());
        Field.addType(metadata, typed.offset());
        Field.addChildren(metadata, children);
        return Field.endField(metadata);
    }

    private static Typed typed(FlatBufferBuilder metadata, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> {
                Bool.startBool(metadata);
                yield new Typed(Type.Bool, Bool.endBool(metadata));
            }
            case INT64 -> new Typed(Type.Int, Int.createInt(metadata, 64, true));
            case UINT32 -> new Typed(Type.Int, Int.createInt(metadata, 32, false));
            case UINT64 -> new Typed(Type.Int, Int.createInt(metadata, 64, false));
            case FLOAT64 ->
                new Typed(Type.FloatingPoint, FloatingPoint.createFloatingPoint(metadata, Precision.DOUBLE));
            case TEXT -> {
                LargeUtf8.startLargeUtf8(metadata);
                yield new Typed(Type.LargeUtf8, LargeUtf8.endLargeUtf8(metadata));
            }
            case BINARY -> {
                LargeBinary.startLargeBinary(metadata);
                yield new Typed(Type.LargeBinary, LargeBinary.endLargeBinary(metadata));
            }
            case DATE -> new Typed(Type.Date, Date.createDate(metadata, DateUnit.DAY));
            case TIMESTAMP -> {
                int zone = metadata.createString("+00:00");
                yield new Typed(Type.Timestamp, Timestamp.createTimestamp(metadata, TimeUnit.MILLISECOND, zone));
            }
            case DURATION -> new Typed(Type.Duration, Duration.createDuration(metadata, TimeUnit.MILLISECOND));
            case TEXT_LIST, UINT32_LIST -> {
                org.apache.arrow.flatbuf.List.startList(metadata);
                yield new Typed(Type.List, org.apache.arrow.flatbuf.List.endList(metadata));
            }
        };
    }
}
