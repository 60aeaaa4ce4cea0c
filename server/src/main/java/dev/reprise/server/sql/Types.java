package dev.reprise.server.sql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** How Calcite computes with types here: as DataFusion where the two differ. */
final class Types extends JavaTypeFactoryImpl {
    private static final int DECIMAL_DIGITS_MAX = 38;

    Types() {
        super(new Rules());
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

        /** Texts of a CASE keep their lengths. */
        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }
    }
}
