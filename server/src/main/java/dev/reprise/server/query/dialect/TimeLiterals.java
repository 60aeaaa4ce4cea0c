package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.TimestampString;

/**
 * Converts texts that a query compares with times to times: {@code created_at > '2026-01-31T00:00:00Z'}. Calcite's own
 * cast does not know the form of ISO 8601.
 */
public final class TimeLiterals extends RexShuttle {
    private final RexBuilder builder;

    private TimeLiterals(RexBuilder builder) {
        this.builder = builder;
    }

    public static RelNode in(RelNode plan) {
        TimeLiterals times = new TimeLiterals(plan.getCluster().getRexBuilder());
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(times);
            }
        });
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (call.getKind() != SqlKind.CAST
                || call.getType().getSqlTypeName().getFamily() != SqlTypeFamily.TIMESTAMP
                || !(call.getOperands().get(0) instanceof RexLiteral literal)
                || literal.getTypeName().getFamily() != SqlTypeFamily.CHARACTER) {
            return super.visitCall(call);
        }
        String text = literal.getValueAs(String.class);
        if (text == null) {
            return super.visitCall(call);
        }
        try {
            long millis = Functions.timeOf(text);
            RexNode time = builder.makeTimestampLiteral(TimestampString.fromMillisSinceEpoch(millis), 3);
            return builder.makeAbstractCast(call.getParserPosition(), call.getType(), time, false);
        } catch (IllegalArgumentException e) {
            throw new QueryException(Reason.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
