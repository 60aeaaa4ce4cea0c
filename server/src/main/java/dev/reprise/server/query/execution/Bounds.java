package dev.reprise.server.query.execution;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/**
 * What a query's filters say about text columns: the values that a column may have. They narrow what a source reads.
 * The filters themselves are still applied to each row, so a source may yield more than that.
 */
public final class Bounds {
    /** Nothing is known. */
    public static final Bounds NONE = new Bounds(Map.of(), Map.of(), Set.of());

    private final Map<String, Set<String>> values;
    private final Map<String, Set<String>> excluded;
    private final Set<String> nulls;

    private Bounds(Map<String, Set<String>> values, Map<String, Set<String>> excluded, Set<String> nulls) {
        this.values = Map.copyOf(values);
        this.excluded = Map.copyOf(excluded);
        this.nulls = Set.copyOf(nulls);
    }

    /** The values that a column may have; empty if it may have any. */
    public Optional<Set<String>> of(String column) {
        return Optional.ofNullable(values.get(column));
    }

    /** The values that a column may not have; empty if none are excluded. */
    public Set<String> excludedFrom(String column) {
        return excluded.getOrDefault(column, Set.of());
    }

    /** Whether anything is known about a column's values. */
    public boolean concern(String column) {
        return values.containsKey(column) || excluded.containsKey(column);
    }

    /** Whether a column must be null. */
    public boolean isNull(String column) {
        return nulls.contains(column);
    }

    /** Whether a column may have a value. */
    public boolean allow(String column, @Nullable String value) {
        Set<String> found = values.get(column);
        boolean isAmong = found == null || value != null && found.contains(value);
        return isAmong && (value == null || !excludedFrom(column).contains(value));
    }

    /**
     * The bounds that follow from filters which must all hold.
     *
     * @param columns the names of the columns, which the filters refer to by position
     */
    public static Bounds of(List<RexNode> filters, List<String> columns, RexBuilder builder) {
        Map<String, Set<String>> values = new HashMap<>();
        Map<String, Set<String>> excluded = new HashMap<>();
        Set<String> nulls = new HashSet<>();
        for (RexNode filter : filters) {
            for (RexNode condition : RexUtil.flattenAnd(List.of(RexUtil.expandSearch(builder, null, filter)))) {
                if (condition instanceof RexCall call
                        && call.getKind() == SqlKind.IS_NULL
                        && call.getOperands().get(0) instanceof RexInputRef column) {
                    nulls.add(columns.get(column.getIndex()));
                }
                Map<Integer, Set<String>> found = values(condition);
                if (found.size() == 1) {
                    found.forEach((column, allowed) -> values.merge(columns.get(column), allowed, Bounds::both));
                }
                add(
                        condition,
                        SqlKind.NOT_EQUALS,
                        (column, value) -> excluded.computeIfAbsent(columns.get(column), _ -> new HashSet<>())
                                .add(value));
            }
        }
        return new Bounds(values, excluded, nulls);
    }

    /** Whether the bounds that follow from a filter express all of it. */
    public static boolean sayAllOf(RexNode filter, RexBuilder builder) {
        return values(RexUtil.expandSearch(builder, null, filter)).size() == 1;
    }

    /** These bounds, restricted further: a column has one of some values. */
    Bounds and(String column, Set<String> allowed) {
        Map<String, Set<String>> more = new HashMap<>(values);
        more.merge(column, allowed, Bounds::both);
        return new Bounds(more, excluded, nulls);
    }

    private static Set<String> both(Set<String> a, Set<String> b) {
        return a.stream().filter(b::contains).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The values that a condition allows its columns; no column if the condition is of another kind. */
    private static Map<Integer, Set<String>> values(RexNode condition) {
        Map<Integer, Set<String>> values = new HashMap<>();
        for (RexNode choice : RexUtil.flattenOr(List.of(condition))) {
            boolean isComparison = add(
                    choice,
                    SqlKind.EQUALS,
                    (column, value) -> values.computeIfAbsent(column, _ -> new LinkedHashSet<>())
                            .add(value));
            if (!isComparison) {
                return Map.of();
            }
        }
        return values;
    }

    /** Reports a comparison of a column with a text; returns whether the condition is one. */
    private static boolean add(RexNode condition, SqlKind kind, BiConsumer<Integer, String> found) {
        if (!(condition instanceof RexCall call) || call.getKind() != kind) {
            return false;
        }
        RexNode left = stripped(call.getOperands().get(0));
        RexNode right = stripped(call.getOperands().get(1));
        boolean isColumnLeft = left instanceof RexInputRef;
        RexNode column = isColumnLeft ? left : right;
        RexNode literal = isColumnLeft ? right : left;
        if (!(column instanceof RexInputRef ref)
                || !(literal instanceof RexLiteral text)
                || text.isNull()
                || !SqlTypeFamily.CHARACTER.equals(text.getTypeName().getFamily())) {
            return false;
        }
        String value = text.getValueAs(String.class);
        if (value != null) {
            found.accept(ref.getIndex(), value);
        }
        return true;
    }

    /** Looks through a cast between texts, which changes nothing. */
    private static RexNode stripped(RexNode node) {
        if (!(node instanceof RexCall call) || call.getKind() != SqlKind.CAST) {
            return node;
        }
        RexNode operand = call.getOperands().get(0);
        return call.getType().getFamily().equals(operand.getType().getFamily()) ? operand : node;
    }
}
