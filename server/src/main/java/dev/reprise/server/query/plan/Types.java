package dev.reprise.server.query.plan;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * How Calcite computes with types in one query: like DataFusion where the two differ, and only until the query's end.
 */
public final class Types extends JavaTypeFactoryImpl {
    private static final int DECIMAL_DIGITS_MAX = 38;

    private final Runnable check;

    public Types(Runnable check) {
        super(new Rules());
        this.check = check;
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        check.run();
        return super.createTypeWithNullability(type, nullable);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        check.run();
        return super.createSqlType(name);
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
        check.run();
        return super.leastRestrictive(types);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    private static final class Rules extends RelDataTypeSystemImpl {
        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? DECIMAL_DIGITS_MAX : super.getMaxPrecision(type);
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory types, RelDataType argument) {
            return types.createTypeWithNullability(types.createSqlType(SqlTypeName.DOUBLE), true);
        }

        /** The texts of a CASE keep their lengths. */
        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }
    }
}
