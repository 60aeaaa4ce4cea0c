package dev.reprise.server.query.dialect;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Gives names to what a query leaves unnamed, as DataFusion does: to a column of its result, such as {@code count(*)}
 * or {@code max(t.a)}, and to a sub-query in FROM, which takes the name of the table that it reads.
 */
public final class Names {
    private final @Nullable String table;

    private Names(@Nullable String table) {
        this.table = table;
    }

    /** Names the columns and the sub-query of a query's outermost SELECT. */
    public static void name(SqlNode query) {
        switch (query) {
            case SqlOrderBy orderBy -> name(orderBy.query);
            case SqlWith with -> name(with.body);
            case SqlSelect select -> {
                Names names = new Names(onlyTable(select.getFrom()));
                select.setFrom(named(select.getFrom()));
                List<SqlNode> named =
                        select.getSelectList().stream().map(names::namedColumn).toList();
                select.setSelectList(
                        new SqlNodeList(named, select.getSelectList().getParserPosition()));
            }
            default -> {}
        }
    }

    private static @Nullable String onlyTable(@Nullable SqlNode from) {
        if (from instanceof SqlIdentifier table) {
            return table.names.getLast();
        }
        return from instanceof SqlCall call && call.getKind() == SqlKind.AS ? onlyTable(call.operand(1)) : null;
    }

    private static @Nullable SqlNode named(@Nullable SqlNode from) {
        SqlNode query = from instanceof SqlOrderBy orderBy ? orderBy.query : from;
        String table = query instanceof SqlSelect select ? onlyTable(select.getFrom()) : null;
        return from == null || table == null ? from : as(from, table);
    }

    private static SqlNode as(SqlNode node, String name) {
        return SqlStdOperatorTable.AS.createCall(
                node.getParserPosition(), node, new SqlIdentifier(name, SqlParserPos.ZERO));
    }

    private SqlNode namedColumn(SqlNode item) {
        if (item instanceof SqlIdentifier || item.getKind() == SqlKind.AS) {
            return item;
        }
        return as(item, of(item));
    }

    private String of(SqlNode node) {
        return switch (node) {
            case SqlIdentifier column when column.isStar() -> "*";
            case SqlIdentifier column
            when column.names.size() == 1 && table != null -> table + "." + column.getSimple();
            case SqlIdentifier column -> String.join(".", column.names);
            case SqlNumericLiteral number -> (number.isInteger() ? "Int64(" : "Float64(") + number.toValue() + ")";
            case SqlLiteral literal
            when literal.getTypeName() == SqlTypeName.CHAR -> "Utf8(\"" + literal.getValueAs(String.class) + "\")";
            case SqlCall call -> of(call);
            default -> node.toString();
        };
    }

    private String of(SqlCall call) {
        if (call.getOperator().getName().equalsIgnoreCase("CURRENT_TIMESTAMP")) {
            return "now()";
        }
        List<String> operands = call.getOperandList().stream()
                .filter(node -> node != null)
                .map(this::of)
                .toList();
        return switch (call.getOperator().getSyntax()) {
            case BINARY -> operands.getFirst() + " " + call.getOperator().getName() + " " + operands.getLast();
            case FUNCTION, FUNCTION_STAR ->
                name(call.getOperator().getName().toLowerCase(Locale.ROOT))
                        + operands.stream().collect(Collectors.joining(",", "(", ")"));
            default -> call.toString().replace("`", "").replace("\n", " ");
        };
    }

    private static String name(String function) {
        return switch (function) {
            case Operators.FIRST_OF -> "first_value";
            case "time_truncated" -> "date_trunc";
            case "time_part" -> "date_part";
            default -> function;
        };
    }
}
