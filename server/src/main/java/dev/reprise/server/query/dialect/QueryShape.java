package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Limits a query's text so that a plan can be made of it: how deep, how long, how wide it may be. */
public final class QueryShape {
    static final int DEPTH_MAX = 100;
    static final int OPERATORS_MAX = 3_000;
    static final int LIST_MAX = 5_000;
    private static final int GROUPINGS_MAX = 1_024;
    private static final int DIGITS_MAX = 400;
    private static final int EXPANDED_MAX = 50_000;

    public static final String TOO_DEEP = "the query is nested too deeply; expected at most " + DEPTH_MAX
            + " parentheses in each other and some hundred operators, CASEs and joins in a row";

    public static final String TOO_LONG =
            "the query is too long to be compiled; list fewer values, or compute fewer columns, in each of several queries";

    private QueryShape() {}

    /** Walks a query's text word by word. */
    public static final class Nesting {
        private int depth;
        private int operators;
        private int listed;

        /** The next word, in lower case, or symbol. */
        public void next(String token) {
            switch (token) {
                case "(", "[", "case" -> depth++;
                case ")", "]", "end" -> depth = Math.max(0, depth - 1);
                case "and",
                        "or",
                        "not",
                        "+",
                        "-",
                        "*",
                        "/",
                        "%",
                        "|",
                        "union",
                        "except",
                        "intersect",
                        "join",
                        "=",
                        "<",
                        ">",
                        "like",
                        "ilike",
                        "is",
                        "between",
                        "~" -> operators++;
                case "," -> listed++;
                default -> {}
            }
            if (depth > DEPTH_MAX) {
                throw new QueryException(Reason.SYNTAX, TOO_DEEP);
            } else if (operators > OPERATORS_MAX) {
                throw new QueryException(
                        Reason.SYNTAX,
                        "the query has more than " + OPERATORS_MAX
                                + " operators; instead of many ORs say IN (…), or send several queries");
            } else if (listed > LIST_MAX) {
                throw new QueryException(
                        Reason.SYNTAX, "the query lists more than " + LIST_MAX + " values; send several queries");
            }
        }
    }

    /** Refuses what a parsed query must not contain. */
    public static void check(SqlNode query) {
        // First, because the other checks walk the query.
        if (new ExpandedSize().of(query) > EXPANDED_MAX) {
            throw new QueryException(
                    Reason.SYNTAX,
                    "the query is too large once its NULLIF and CASE x WHEN are written out; put fewer of them in"
                            + " each other");
        }
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam param) {
                throw new QueryException(
                        Reason.SYNTAX,
                        "expected values in the query's text, found a ? that has none at "
                                + "line " + param.getParserPosition().getLineNum() + ", column "
                                + param.getParserPosition().getColumnNum());
            }

            @Override
            public @Nullable Void visit(SqlLiteral literal) {
                if (literal.getValue() instanceof BigDecimal number
                        && (number.precision() > DIGITS_MAX || Math.abs((long) number.scale()) > DIGITS_MAX)) {
                    throw new QueryException(
                            Reason.SYNTAX, "a number of the query has more than " + DIGITS_MAX + " digits");
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.getGroup() != null) {
                    checkGroupings(select.getGroup());
                } else if (call.getKind() == SqlKind.MATCH_RECOGNIZE) {
                    throw new QueryException(Reason.SYNTAX, "MATCH_RECOGNIZE is not supported");
                }
                return super.visit(call);
            }
        });
    }

    private static void checkGroupings(SqlNodeList group) {
        double groupings = 1;
        for (SqlNode each : group) {
            groupings *= groupings(each);
        }
        if (groupings > GROUPINGS_MAX) {
            throw new QueryException(
                    Reason.SYNTAX, "the query groups in more than " + GROUPINGS_MAX + " ways; name fewer columns");
        }
    }

    private static double groupings(@Nullable SqlNode group) {
        if (!(group instanceof SqlCall call)) {
            return 1;
        }
        return switch (call.getKind()) {
            case CUBE -> Math.pow(2, call.operandCount());
            case ROLLUP -> call.operandCount() + 1;
            case GROUPING_SETS ->
                call.getOperandList().stream()
                        .mapToDouble(QueryShape::groupings)
                        .sum();
            default -> 1;
        };
    }
}
