package dev.reprise.server.query.dialect;

import dev.reprise.server.query.output.ColumnType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.AggregateFunction;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** What a query may call: the operators of standard SQL and PostgreSQL from Calcite, and {@link Functions}. */
public final class Operators {
    /** DataFusion's aggregate {@code first_value}. */
    public static final String FIRST_OF = "first_of";

    private static final SqlReturnTypeInference TIME =
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 3).andThen(SqlTypeTransforms.TO_NULLABLE);

    private Operators() {}

    public static SqlOperatorTable table() {
        List<SqlOperator> own = new ArrayList<>();
        own.add(function("to_timestamp", "same", TIME, SqlTypeFamily.TIMESTAMP));
        own.add(function("to_timestamp", "timeOf", TIME, SqlTypeFamily.CHARACTER));
        own.add(function("to_timestamp", "timeOfSeconds", TIME, SqlTypeFamily.NUMERIC));
        own.add(function("to_timestamp_seconds", "timeOfSeconds", TIME, SqlTypeFamily.NUMERIC));
        own.add(function("to_timestamp_millis", "same", TIME, SqlTypeFamily.INTEGER));
        own.add(function("to_unixtime", "toUnixtime", ReturnTypes.BIGINT_NULLABLE, SqlTypeFamily.TIMESTAMP));
        own.add(function("date_bin", "dateBin", TIME, SqlTypeFamily.DATETIME_INTERVAL, SqlTypeFamily.TIMESTAMP));
        own.add(function(
                "date_bin",
                "dateBin",
                TIME,
                SqlTypeFamily.DATETIME_INTERVAL,
                SqlTypeFamily.TIMESTAMP,
                SqlTypeFamily.TIMESTAMP));
        own.add(function("time_truncated", "dateTrunc", TIME, SqlTypeFamily.CHARACTER, SqlTypeFamily.TIMESTAMP));
        own.add(function(
                "time_part",
                "datePart",
                ReturnTypes.DOUBLE_NULLABLE,
                SqlTypeFamily.CHARACTER,
                SqlTypeFamily.TIMESTAMP));
        own.add(function("array_length", "arrayLength", ReturnTypes.BIGINT_NULLABLE, SqlTypeFamily.ARRAY));
        own.add(function(
                "substr", "substr", ReturnTypes.VARCHAR_NULLABLE, SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER));
        own.add(function(
                "substr",
                "substr",
                ReturnTypes.VARCHAR_NULLABLE,
                SqlTypeFamily.CHARACTER,
                SqlTypeFamily.INTEGER,
                SqlTypeFamily.INTEGER));
        own.add(function("length", "length", ReturnTypes.BIGINT_NULLABLE, SqlTypeFamily.CHARACTER));
        own.add(ofTexts("starts_with", "startsWith", ReturnTypes.BOOLEAN_NULLABLE));
        own.add(ofTexts("ends_with", "endsWith", ReturnTypes.BOOLEAN_NULLABLE));
        own.add(ofTexts("contains", "contains", ReturnTypes.BOOLEAN_NULLABLE));
        own.add(ofTexts("strpos", "strpos", ReturnTypes.BIGINT_NULLABLE));
        for (String name : List.of("array_has", "array_contains")) {
            own.add(function(
                    name, "arrayHas", ReturnTypes.BOOLEAN_NULLABLE, SqlTypeFamily.ARRAY, SqlTypeFamily.CHARACTER));
        }
        own.add(function(
                "array_to_string",
                "arrayToString",
                ReturnTypes.VARCHAR_NULLABLE,
                SqlTypeFamily.ARRAY,
                SqlTypeFamily.CHARACTER));
        own.add(function(
                "encode", "encode", ReturnTypes.VARCHAR_NULLABLE, SqlTypeFamily.BINARY, SqlTypeFamily.CHARACTER));
        own.addAll(ofBytesAndJson());
        own.add(firstValue());
        own.add(SqlLibraryOperators.GREATEST);
        own.add(SqlLibraryOperators.LEAST);
        own.add(TimeDifference.INSTANCE);
        return new InAnyCase(SqlOperatorTables.chain(
                SqlOperatorTables.of(own),
                SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL)));
    }

    private static List<SqlOperator> ofBytesAndJson() {
        List<SqlOperator> own = new ArrayList<>();
        own.add(function(BytesAsText.TEXT_OF, "textOfBytes", ReturnTypes.VARCHAR_NULLABLE, SqlTypeFamily.BINARY));
        own.add(function(BytesAsText.TEXT_OF, "text", ReturnTypes.VARCHAR_NULLABLE, SqlTypeFamily.CHARACTER));
        own.addAll(ofJson("json_as_text", "jsonAsText"));
        own.addAll(ofJson("json_get_str", "jsonGetStr"));
        own.addAll(ofJson("json_get", "jsonGet"));
        return own;
    }

    /** Function names ignore case; the names of tables and columns do not. */
    private record InAnyCase(SqlOperatorTable table) implements SqlOperatorTable {
        @Override
        public void lookupOperatorOverloads(
                SqlIdentifier name,
                @Nullable SqlFunctionCategory category,
                SqlSyntax syntax,
                List<SqlOperator> found,
                SqlNameMatcher names) {
            table.lookupOperatorOverloads(name, category, syntax, found, SqlNameMatchers.withCaseSensitive(false));
        }

        @Override
        public List<SqlOperator> getOperatorList() {
            return table.getOperatorList();
        }
    }

    private static SqlOperator ofTexts(String name, String method, SqlReturnTypeInference result) {
        return function(name, method, result, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER);
    }

    /** Takes the name of a member or the index of an element. */
    private static List<SqlOperator> ofJson(String name, String method) {
        return Stream.of(String.class, long.class)
                .map(part -> {
                    try {
                        return function(
                                name,
                                JsonFunctions.class.getMethod(method, String.class, part),
                                ReturnTypes.VARCHAR_FORCE_NULLABLE,
                                SqlTypeFamily.CHARACTER,
                                part == long.class ? SqlTypeFamily.INTEGER : SqlTypeFamily.CHARACTER);
                    } catch (NoSuchMethodException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static SqlOperator function(
            String name, String method, SqlReturnTypeInference result, SqlTypeFamily... operands) {
        return function(name, method(method, operands.length), result, operands);
    }

    private static SqlOperator function(
            String name, Method method, SqlReturnTypeInference result, SqlTypeFamily... operands) {
        return new SqlUserDefinedFunction(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                result,
                null,
                operands(operands),
                ScalarFunctionImpl.createUnsafe(method));
    }

    private static Method method(String name, int parameters) {
        return Arrays.stream(Functions.class.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow();
    }

    private static SqlOperandMetadata operands(SqlTypeFamily... families) {
        return OperandTypes.operandMetadata(
                List.of(families),
                types -> Arrays.stream(families)
                        .map(family -> typeOf(family, types))
                        .toList(),
                place -> "operand" + place,
                _ -> false);
    }

    private static RelDataType typeOf(SqlTypeFamily family, RelDataTypeFactory types) {
        if (family == SqlTypeFamily.ANY) {
            return types.createTypeWithNullability(types.createSqlType(SqlTypeName.ANY), true);
        }
        ColumnType type = switch (family) {
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            case DATETIME_INTERVAL -> ColumnType.DURATION;
            case NUMERIC -> ColumnType.FLOAT64;
            case INTEGER -> ColumnType.INT64;
            case ARRAY -> ColumnType.TEXT_LIST;
            case BINARY -> ColumnType.BINARY;
            default -> ColumnType.TEXT;
        };
        return type.in(types);
    }

    private static SqlOperator firstValue() {
        AggregateFunction function = AggregateFunctionImpl.create(FirstValue.class);
        if (function == null) {
            throw new IllegalStateException("FirstValue must have the methods of an aggregate");
        }
        return new SqlUserDefinedAggFunction(
                new SqlIdentifier(FIRST_OF, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0_NULLABLE_IF_EMPTY,
                null,
                operands(SqlTypeFamily.ANY),
                function,
                false,
                false,
                Optionality.OPTIONAL);
    }
}
