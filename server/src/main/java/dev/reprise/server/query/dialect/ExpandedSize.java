package dev.reprise.server.query.dialect;

import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * The size of a parsed query for code that walks it. {@code NULLIF(a, b)} becomes {@code CASE WHEN a = b THEN NULL ELSE
 * a END}, and {@code CASE a WHEN b …} is parsed to {@code CASE WHEN a = b …}, with one {@code a} for each branch: forty
 * of them nested are one line of text and 2^40 steps. For one thread.
 */
public final class ExpandedSize {
    private final IdentityHashMap<SqlNode, Long> known = new IdentityHashMap<>();

    /** The steps of a walk, at most {@link Long#MAX_VALUE}. */
    long of(@Nullable SqlNode node) {
        if (node == null) {
            return 0;
        }
        Long before = known.get(node);
        if (before != null) {
            return before;
        }
        long size = 1;
        List<? extends @Nullable SqlNode> children = children(node);
        for (SqlNode child : children) {
            size = sum(size, of(child));
        }
        if (isNullIf(node) && !children.isEmpty()) {
            size = sum(size, of(children.getFirst()));
        }
        known.put(node, size);
        return size;
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static List<? extends @Nullable SqlNode> children(SqlNode node) {
        return switch (node) {
            case SqlCall call -> call.getOperandList();
            case SqlNodeList list -> list.getList();
            default -> List.of();
        };
    }

    private static boolean isNullIf(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().getName().equalsIgnoreCase("nullif");
    }
}
