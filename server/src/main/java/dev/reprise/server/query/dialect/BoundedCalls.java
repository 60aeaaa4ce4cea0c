package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.interpreter.Bindables.BindableTableScan;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the calls of a plan produce. A call that may produce much from little, or take long, is replaced by a
 * method of {@link BoundedFunctions}; the result of any other is measured afterwards. This is done once the plan is
 * made, so that the planner works with operators that it knows.
 */
public final class BoundedCalls extends RexShuttle {
    private static final String NEGATED = "negated ";

    /** The operators to replace, with their methods. */
    private static final Map<String, String> REPLACED = Map.ofEntries(
            Map.entry("repeat", "repeat"),
            Map.entry("lpad", "lpad"),
            Map.entry("rpad", "rpad"),
            Map.entry("||", "concat"),
            Map.entry("concat", "concatAll"),
            Map.entry("concat_ws", "concatWithSeparator"),
            Map.entry("replace", "replace"),
            Map.entry("string_to_array", "split"),
            Map.entry("array_to_string", "join"),
            Map.entry("like", "like"),
            Map.entry("not like", "like"),
            Map.entry("ilike", "ilike"),
            Map.entry("not ilike", "ilike"),
            Map.entry("similar to", "similar"),
            Map.entry("not similar to", "similar"),
            Map.entry("posix regex case sensitive", "matchesRegex"),
            Map.entry("posix regex case insensitive", "matchesRegexInAnyCase"),
            Map.entry("regexp_like", "regexpLike"),
            Map.entry("regexp_replace", "regexpReplace"));

    /** Operators that return one of their operands. */
    private static final Set<SqlKind> CHOOSING =
            Set.of(SqlKind.CASE, SqlKind.COALESCE, SqlKind.NULLIF, SqlKind.ITEM, SqlKind.GREATEST, SqlKind.LEAST);

    private final RexBuilder builder;
    private final Map<Method, SqlOperator> operators = new HashMap<>();
    private int calls;

    private BoundedCalls(RexBuilder builder) {
        this.builder = builder;
    }

    /**
     * A plan with bounded calls.
     *
     * @param calls the number of calls that produce a bounded value
     */
    public record Bounded(RelNode plan, int calls) {}

    /** The same plan, bounded. */
    public static Bounded in(RelNode plan) {
        BoundedCalls bounds = new BoundedCalls(plan.getCluster().getRexBuilder());
        RelNode bounded = bounds.bounded(plan);
        return new Bounded(bounded, bounds.calls);
    }

    private RelNode bounded(RelNode plan) {
        List<RelNode> inputs = plan.getInputs().stream().map(this::bounded).toList();
        RelNode copy = plan.getInputs().equals(inputs) ? plan : plan.copy(plan.getTraitSet(), inputs);
        return copy instanceof BindableTableScan scan
                ? BindableTableScan.create(scan.getCluster(), scan.getTable(), apply(scan.filters), scan.projects)
                : copy.accept(this);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (!(super.visitCall(call) instanceof RexCall visited)) {
            return call;
        }
        String name = visited.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean isNegatedRegex = name.startsWith(NEGATED);
        boolean isNegated = isNegatedRegex || visited.getOperator() instanceof SqlLikeOperator like && like.isNegated();
        String replaced = REPLACED.get(isNegatedRegex ? name.substring(NEGATED.length()) : name);
        if (replaced != null && !isOfArrays(visited)) {
            calls++;
            RexNode made = call(visited.getType(), replaced, visited.getOperands());
            return isNegated ? builder.makeCall(SqlStdOperatorTable.NOT, made) : made;
        }
        return measured(read(visited, name));
    }

    private static boolean isOfArrays(RexCall call) {
        return call.getOperator().getName().equals("||") && methodType(call.getType()) == List.class;
    }

    /** A call of a method, with operands converted to what it takes. */
    private RexNode call(RelDataType type, String name, List<RexNode> operands) {
        Method method = Arrays.stream(BoundedFunctions.class.getMethods())
                .filter(each ->
                        Modifier.isStatic(each.getModifiers()) && each.getName().equals(name) && takes(each, operands))
                .findFirst()
                .orElseThrow(() -> new QueryException(
                        Reason.FAILED,
                        "the function " + name + " is not supported for "
                                + operands.stream().map(RexNode::getType).toList()));
        return builder.makeCall(type, operators.computeIfAbsent(method, ContextFunction::operator), operands);
    }

    private static boolean takes(Method method, List<RexNode> operands) {
        Class<?>[] types = method.getParameterTypes();
        if (types[1].isArray()) {
            return operands.stream().allMatch(operand -> methodType(operand.getType()) != List.class);
        }
        if (types.length != operands.size() + 1) {
            return false;
        }
        for (int i = 0; i < operands.size(); i++) {
            Class<?> given = methodType(operands.get(i).getType());
            boolean isNumber = given == long.class && types[i + 1] == BigDecimal.class;
            if (given != null && given != types[i + 1] && !isNumber) {
                return false;
            }
        }
        return true;
    }

    /** The class that values of a type have in methods; null if it may be any. */
    private static @Nullable Class<?> methodType(RelDataType type) {
        SqlTypeName name = type.getSqlTypeName();
        if (SqlTypeFamily.CHARACTER.getTypeNames().contains(name)) {
            return String.class;
        } else if (SqlTypeFamily.BINARY.getTypeNames().contains(name)) {
            return ByteString.class;
        } else if (SqlTypeFamily.INTEGER.getTypeNames().contains(name)) {
            return long.class;
        } else if (name == SqlTypeName.DECIMAL) {
            return type.getScale() == 0 ? long.class : BigDecimal.class;
        }
        return name == SqlTypeName.ARRAY || name == SqlTypeName.MULTISET ? List.class : null;
    }

    /** A call that parses a text into something that may be much larger checks the text first. */
    private RexCall read(RexCall call, String name) {
        boolean isNumber = call.getKind() == SqlKind.CAST
                && SqlTypeFamily.NUMERIC.getTypeNames().contains(call.getType().getSqlTypeName());
        boolean isJson = name.startsWith("json_") || name.contains(" json ") || name.equals("format json");
        if (!isNumber && !isJson || call.getOperands().isEmpty()) {
            return call;
        }
        RexNode text = call.getOperands().getFirst();
        if (methodType(text.getType()) != String.class) {
            return call;
        }
        RexNode checked = call(text.getType(), isNumber ? "digits" : "json", List.of(text));
        List<RexNode> operands = Stream.concat(
                        Stream.of(checked), call.getOperands().stream().skip(1))
                .toList();
        return call.clone(call.getType(), operands);
    }

    /** The result of a call is measured, unless the call only chooses among its operands. */
    private RexNode measured(RexCall call) {
        Optional<String> measure = CHOOSING.contains(call.getKind()) ? Optional.empty() : measure(call.getType());
        if (measure.isEmpty()) {
            return call;
        }
        calls++;
        return call(call.getType(), measure.get(), List.of(call));
    }

    private static Optional<String> measure(RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
            return Optional.of("number");
        }
        Class<?> of = methodType(type);
        return of == String.class
                ? Optional.of("text")
                : of == ByteString.class
                        ? Optional.of("bytes")
                        : of == List.class ? Optional.of("list") : Optional.empty();
    }
}
