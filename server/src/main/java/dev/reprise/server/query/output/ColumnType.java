package dev.reprise.server.query.output;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The type of a column as clients see it: a type of Apache Arrow, under the name that Restate's server gives it. */
public enum ColumnType {
    /** A truth value: {@link Boolean}. */
    BOOLEAN("Boolean"),
    /** A signed integer: {@link Number}. */
    INT64("Int64"),
    /** An unsigned integer: {@link Number}. */
    UINT32("UInt32"),
    /** An unsigned integer: the lowest 64 bits of a {@link Number}. */
    UINT64("UInt64"),
    /** A floating-point number: {@link Number}. */
    FLOAT64("Float64"),
    /** A text: {@link String}. */
    TEXT("LargeUtf8"),
    /** Bytes: {@link org.apache.calcite.avatica.util.ByteString}. */
    BINARY("LargeBinary"),
    /** A date: {@link Number} of days since the epoch. */
    DATE("Date32"),
    /** A time: {@link Number} of milliseconds since the epoch. */
    TIMESTAMP("Timestamp(ms, \"+00:00\")"),
    /** A span of time: {@link Number} of milliseconds. */
    DURATION("Duration(ms)"),
    /** A list of texts: {@link java.util.List}. */
    TEXT_LIST("List(LargeUtf8)"),
    /** A list of unsigned integers: {@link java.util.List}. */
    UINT32_LIST("List(UInt32)");

    private final String title;

    ColumnType(String title) {
        this.title = title;
    }

    /** The name that people see. */
    public String title() {
        return title;
    }

    /** The type that Calcite computes with. */
    public RelDataType in(RelDataTypeFactory types) {
        RelDataType type = switch (this) {
            case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
            case INT64, UINT32 -> types.createSqlType(SqlTypeName.BIGINT);
            case UINT64 -> types.createSqlType(SqlTypeName.DECIMAL, 20, 0);
            case FLOAT64 -> types.createSqlType(SqlTypeName.DOUBLE);
            case TEXT -> types.createSqlType(SqlTypeName.VARCHAR);
            case BINARY -> types.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, 3);
            case DURATION ->
                types.createSqlIntervalType(new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case TEXT_LIST -> types.createArrayType(TEXT.in(types), -1);
            case UINT32_LIST -> types.createArrayType(UINT32.in(types), -1);
        };
        return types.createTypeWithNullability(type, true);
    }

    /** Converts a value that Calcite has computed to what clients see. */
    public static ColumnType of(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> BOOLEAN;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> INT64;
            case UTINYINT, USMALLINT, UINTEGER -> UINT32;
            case UBIGINT -> UINT64;
            case DECIMAL -> type.getScale() == 0 ? UINT64 : FLOAT64;
            case REAL, FLOAT, DOUBLE -> FLOAT64;
            case BINARY, VARBINARY -> BINARY;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIMESTAMP;
            case DATE -> DATE;
            case ARRAY, MULTISET -> listOf(type);
            default -> SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName()) ? DURATION : TEXT;
        };
    }

    private static ColumnType listOf(RelDataType list) {
        RelDataType element = list.getComponentType();
        return element != null && of(element) != TEXT ? UINT32_LIST : TEXT_LIST;
    }
}
