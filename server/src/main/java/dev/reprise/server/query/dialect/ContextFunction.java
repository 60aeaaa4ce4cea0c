package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.QueryContext;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * A function of a plan whose method receives the run's {@link QueryContext} before the operands. A method whose next
 * parameter is an array receives all operands, null or not; any other is called only if none is null.
 */
public record ContextFunction(Method method) implements ScalarFunction, ImplementableFunction {
    /** An operator only for plans: no query can name it, and each call states its own type. */
    static SqlOperator operator(Method method) {
        return new SqlUserDefinedFunction(
                new SqlIdentifier(method.getName(), SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                OperandTypes.operandMetadata(List.of(), _ -> List.of(), _ -> "operand", _ -> false),
                new ContextFunction(method));
    }

    private boolean takesAll() {
        return method.getParameterTypes()[1].isArray();
    }

    @Override
    public CallImplementor getImplementor() {
        return RexImpTable.createImplementor(
                (translator, _, operands) -> Expressions.call(method, arguments(translator.getRoot(), operands)),
                takesAll() ? NullPolicy.NONE : NullPolicy.STRICT,
                false);
    }

    private List<Expression> arguments(Expression root, List<Expression> operands) {
        if (takesAll()) {
            return List.of(root, Expressions.newArrayInit(Object.class, operands));
        }
        Class<?>[] types = method.getParameterTypes();
        List<Expression> arguments = new ArrayList<>(List.of(root));
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(EnumUtils.convert(operands.get(i), types[i + 1]));
        }
        return arguments;
    }

    @Override
    public RelDataType getReturnType(RelDataTypeFactory types) {
        return types.createSqlType(SqlTypeName.ANY);
    }

    @Override
    public List<FunctionParameter> getParameters() {
        return List.of();
    }

    @Override
    public String toString() {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
