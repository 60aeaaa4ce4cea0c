package dev.reprise.server.query.dialect;

import dev.reprise.server.query.output.ColumnType;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * The operator {@code -}, which in DataFusion also gives the span between two times. Calcite supports that only as
 * {@code (a - b) SECOND}.
 */
public final class TimeDifference extends SqlBinaryOperator {
    static final TimeDifference INSTANCE = new TimeDifference();

    /* The precedence of the operator it stands for. */
    private static final int PRECEDENCE = 40;

    private TimeDifference() {
        super(
                "-",
                SqlKind.MINUS,
                PRECEDENCE,
                true,
                null,
                InferTypes.FIRST_KNOWN,
                OperandTypes.family(SqlTypeFamily.TIMESTAMP, SqlTypeFamily.TIMESTAMP)
                        .or(OperandTypes.MINUS_OPERATOR));
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
        if (!isOfTimes(call.getOperandType(0), call.getOperandType(1))) {
            return SqlStdOperatorTable.MINUS.inferReturnType(call);
        }
        return ColumnType.DURATION.in(call.getTypeFactory());
    }

    private static boolean isOfTimes(RelDataType left, RelDataType right) {
        return SqlTypeUtil.isTimestamp(left) && SqlTypeUtil.isTimestamp(right);
    }

    /** Translates calls to expressions, including those of this operator. */
    public static SqlRexConvertletTable convertlets() {
        return call -> {
            if (call.getOperator() instanceof TimeDifference) {
                return convertlet();
            }
            boolean isInMillis = call.getOperator().equals(SqlStdOperatorTable.TIMESTAMP_DIFF)
                    && call.operand(0) instanceof SqlIntervalQualifier unit
                    && unit.getUnit() == TimeUnit.MILLISECOND;
            return isInMillis ? TimeDifference::millis : StandardConvertletTable.INSTANCE.get(call);
        };
    }

    /** {@code TIMESTAMPDIFF(MILLISECOND, a, b)}, of which Calcite makes whole seconds. A time is a number of them. */
    private static RexNode millis(SqlRexContext context, SqlCall call) {
        RexBuilder rex = context.getRexBuilder();
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        RelDataType number = rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        List<RexNode> times = Stream.of(2, 1)
                .map(place -> context.convertExpression(call.operand(place)))
                .map(time -> rex.makeReinterpretCast(
                        rex.getTypeFactory()
                                .createTypeWithNullability(
                                        number, time.getType().isNullable()),
                        time,
                        rex.makeLiteral(false)))
                .toList();
        return rex.makeCast(type, rex.makeCall(SqlStdOperatorTable.MINUS, times));
    }

    private static SqlRexConvertlet convertlet() {
        return (context, call) -> {
            RelDataType type = context.getValidator().getValidatedNodeType(call);
            SqlNode left = call.operand(0);
            SqlNode right = call.operand(1);
            if (isOfTimes(
                    context.getValidator().getValidatedNodeType(left),
                    context.getValidator().getValidatedNodeType(right))) {
                return context.getRexBuilder()
                        .makeCall(
                                type,
                                SqlStdOperatorTable.MINUS_DATE,
                                List.of(context.convertExpression(left), context.convertExpression(right)));
            }
            // The same node, because Calcite looks up its type by identity.
            ((SqlBasicCall) call).setOperator(SqlStdOperatorTable.MINUS);
            SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(call);
            if (standard == null) {
                throw new IllegalStateException("Calcite must know how to convert " + call);
            }
            return standard.convertCall(context, call);
        };
    }
}
