package dev.reprise.server.query.dialect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Compares a column of bytes with a quoted text as text, in UTF-8, as DataFusion does. Calcite would read the text as
 * hexadecimal digits, or refuse it.
 */
public final class BytesAsText {
    /** The function that decodes bytes as text. */
    static final String TEXT_OF = "text_of_bytes";

    private static final Set<SqlKind> COMPARING = EnumSet.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IN,
            SqlKind.NOT_IN,
            SqlKind.BETWEEN,
            SqlKind.LIKE,
            SqlKind.RLIKE,
            SqlKind.SIMILAR,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM);

    private BytesAsText() {}

    /**
     * Rewrites a query.
     *
     * @param columns the names of columns that are bytes; where another table has a text column of this name, it is
     *     left alone
     */
    public static SqlNode in(SqlNode query, Set<String> columns) {
        SqlNode changed = query.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                if (!(visited instanceof SqlCall comparison)
                        || !COMPARING.contains(comparison.getKind())
                        || comparison.getOperandList().stream().noneMatch(BytesAsText::isText)) {
                    return visited;
                }
                List<SqlNode> operands = new ArrayList<>();
                for (SqlNode operand : comparison.getOperandList()) {
                    operands.add(isOneOf(operand, columns) ? asText(operand) : operand);
                }
                return comparison
                        .getOperator()
                        .createCall(
                                comparison.getFunctionQuantifier(),
                                comparison.getParserPosition(),
                                operands.toArray(SqlNode[]::new));
            }
        });
        return changed == null ? query : changed;
    }

    private static boolean isText(SqlNode node) {
        return node instanceof SqlCharStringLiteral
                || node instanceof SqlNodeList list && list.stream().anyMatch(BytesAsText::isText);
    }

    private static boolean isOneOf(SqlNode node, Set<String> columns) {
        return node instanceof SqlIdentifier name && columns.contains(name.names.getLast());
    }

    private static SqlNode asText(SqlNode column) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(TEXT_OF, column.getParserPosition()),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(column.getParserPosition(), column);
    }
}
