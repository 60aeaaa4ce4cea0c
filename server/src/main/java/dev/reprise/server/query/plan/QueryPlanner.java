package dev.reprise.server.query.plan;

import dev.reprise.server.query.dialect.BoundedCalls;
import dev.reprise.server.query.dialect.BytesAsText;
import dev.reprise.server.query.dialect.DataFusionSyntax;
import dev.reprise.server.query.dialect.Names;
import dev.reprise.server.query.dialect.Operators;
import dev.reprise.server.query.dialect.QueryShape;
import dev.reprise.server.query.dialect.TimeDifference;
import dev.reprise.server.query.dialect.TimeLiterals;
import dev.reprise.server.query.execution.Plan;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.output.Column;
import dev.reprise.server.query.output.ColumnType;
import dev.reprise.server.query.table.SystemTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.Programs;

/**
 * Plans queries with Apache Calcite. Wherever Calcite could work without end, it checks whether to go on: at each
 * rule that it applies, each type that it makes, and each property of a plan that it computes. Any thread.
 */
public final class QueryPlanner {
    private static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withConformance(SqlConformanceEnum.BABEL)
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withIdentifierMaxLength(256)
            .withCaseSensitive(true);
    /** A column's own name means the column, not an alias of the SELECT. */
    private static final class Conformance extends SqlDelegatingConformance {
        private Conformance() {
            super(SqlConformanceEnum.BABEL);
        }

        @Override
        public SelectAliasLookup isSelectAlias() {
            return SelectAliasLookup.UNSUPPORTED;
        }

        @Override
        public boolean isNonStrictGroupBy() {
            return false;
        }
    }

    /* As DataFusion sorts: null is the largest. */
    private static final SqlValidator.Config VALIDATOR = SqlValidator.Config.DEFAULT
            .withConformance(new Conformance())
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionEnabled(true)
            .withIdentifierExpansion(true);
    private static final SqlToRelConverter.Config CONVERTER = SqlToRelConverter.config()
            .withTrimUnusedFields(true)
            .withExpand(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE);

    private static final Pattern EXPLAIN = Pattern.compile("\\s*EXPLAIN\\s+(?:VERBOSE\\s+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANALYZE = Pattern.compile("ANALYZE\\b", Pattern.CASE_INSENSITIVE);

    private final CalciteSchema schema;
    private final SqlOperatorTable operators = Operators.table();
    private final Set<String> columnsOfBytes;

    /** Plans queries of a schema in which some tables have columns of bytes. */
    public QueryPlanner(CalciteSchema schema, Set<String> columnsOfBytes) {
        this.schema = schema;
        this.columnsOfBytes = columnsOfBytes;
    }

    /**
     * Plans a query.
     *
     * @param check throws to end the planning, which would take forever for some queries; the plan calls it as well
     *     when it runs
     * @throws QueryException when the text is not a query, or names what does not exist
     */
    public Plan plan(String sql, Runnable check) {
        Matcher explain = EXPLAIN.matcher(sql);
        return explain.lookingAt() ? planOf(explain(sql.substring(explain.end()), check), check) : planOf(sql, check);
    }

    /** A query that shows the plans of another. */
    private String explain(String sql, Runnable check) {
        if (ANALYZE.matcher(sql).lookingAt()) {
            throw new QueryException(Reason.SYNTAX, "EXPLAIN ANALYZE is not supported; EXPLAIN shows the plan");
        }
        Relations of = relations(sql, check);
        return "SELECT plan_type, plan FROM (VALUES ('logical_plan', " + text(of.logical()) + "), ('physical_plan', "
                + text(of.physical()) + ")) AS explained(plan_type, plan)";
    }

    private static String text(RelNode plan) {
        return "'" + RelOptUtil.toString(plan).strip().replace("'", "''") + "'";
    }

    /** A query as relations: as written, and as carried out. */
    private record Relations(RelRoot root, RelNode logical, EnumerableRel physical, int calls) {}

    private Plan planOf(String sql, Runnable check) {
        Relations of = relations(sql, check);
        check.run();
        Map<String, Object> constants = new HashMap<>();
        Bindable<?> code =
                EnumerableInterpretable.toBindable(constants, null, of.physical(), EnumerableRel.Prefer.ARRAY);
        return new Plan(columns(of.root(), of.logical()), places(of.root()), constants, of.calls(), code);
    }

    private Relations relations(String sql, Runnable check) {
        SqlNode query = BytesAsText.in(parse(sql), columnsOfBytes);
        Types types = new Types(check);
        CalciteCatalogReader catalog =
                new CalciteCatalogReader(schema, List.of("restate", "public"), types, connectionConfig());
        SqlValidator validator =
                SqlValidatorUtil.newValidator(SqlOperatorTables.chain(operators, catalog), catalog, types, VALIDATOR);
        VolcanoPlanner planner = planner(check);
        RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
        cluster.setMetadataQuerySupplier(() -> new WatchedMetadata(check));
        SqlToRelConverter converter =
                new SqlToRelConverter(null, validator, catalog, cluster, TimeDifference.convertlets(), CONVERTER);
        RelRoot root = converter.convertQuery(query, true, true);
        RelNode logical = TimeLiterals.in(root.rel);
        BoundedCalls.Bounded physical = BoundedCalls.in(physical(planner, logical, root.collation));
        if (!(MeteredRows.in(physical.plan()) instanceof EnumerableRel metered)) {
            throw new IllegalStateException("expected a plan that enumerates, found " + physical);
        }
        return new Relations(root, logical, metered, physical.calls());
    }

    private static SqlNode parse(String sql) {
        String text = DataFusionSyntax.toCalcite(sql);
        if (text.isBlank()) {
            throw new QueryException(Reason.SYNTAX, "No SQL statements were provided in the query string");
        }
        SqlNode query;
        try {
            query = SqlParser.create(text, PARSER).parseStmt();
        } catch (SqlParseException e) {
            throw new QueryException(Reason.SYNTAX, "SQL error: " + placed(e), e);
        }
        if (!query.isA(SqlKind.QUERY)) {
            throw new QueryException(Reason.SYNTAX, "only queries are answered, found " + query.getKind());
        }
        QueryShape.check(query);
        Names.name(query);
        return query;
    }

    /** The mistake and its position, which some of Calcite's messages omit. */
    private static String placed(SqlParseException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        SqlParserPos place = e.getPos();
        return place == null || message.contains(" at line ")
                ? message
                : message + " at line " + place.getLineNum() + ", column " + place.getColumnNum();
    }

    private static CalciteConnectionConfigImpl connectionConfig() {
        return new CalciteConnectionConfigImpl(new Properties())
                .set(CalciteConnectionProperty.CASE_SENSITIVE, "true")
                .set(CalciteConnectionProperty.CONFORMANCE, SqlConformanceEnum.BABEL.name());
    }

    private static VolcanoPlanner planner(Runnable check) {
        VolcanoPlanner planner = new VolcanoPlanner() {
            @Override
            public void checkCancel() {
                check.run();
            }
        };
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
        RelOptUtil.registerDefaultRules(planner, false, false);
        planner.addRule(EnumerableRules.ENUMERABLE_LIMIT_SORT_RULE);
        // It sorts both sides, and so keeps them; a hash join keeps one, and can look that one up in batches.
        planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
        // Only its left side can drive a semi-join, and that is usually the larger one.
        planner.removeRule(CoreRules.PROJECT_TO_SEMI_JOIN);
        planner.removeRule(CoreRules.JOIN_TO_SEMI_JOIN);
        planner.removeRule(CoreRules.JOIN_ON_UNIQUE_TO_SEMI_JOIN);
        return planner;
    }

    private static RelNode physical(VolcanoPlanner planner, RelNode logical, RelCollation order) {
        return Programs.standard()
                .run(
                        planner,
                        logical,
                        planner.emptyTraitSet()
                                .replace(EnumerableConvention.INSTANCE)
                                .replace(order),
                        List.of(),
                        List.of());
    }

    /** The positions of the result's columns in a row; columns after them may be needed only for the order. */
    private static int[] places(RelRoot root) {
        return root.fields.stream().mapToInt(Map.Entry::getKey).toArray();
    }

    /** A column that comes unchanged from a table has the table's type, which is more precise than Calcite's. */
    private static List<Column> columns(RelRoot root, RelNode logical) {
        List<Column> columns = new ArrayList<>();
        List<RelDataTypeField> fields = logical.getRowType().getFieldList();
        for (Map.Entry<Integer, String> field : root.fields) {
            int place = field.getKey();
            columns.add(new Column(
                    field.getValue(), type(logical, place, fields.get(place).getType())));
        }
        return columns;
    }

    private static ColumnType type(RelNode logical, int index, RelDataType computed) {
        RelColumnOrigin origin = logical.getCluster().getMetadataQuery().getColumnOrigin(logical, index);
        if (origin == null || origin.isDerived()) {
            return ColumnType.of(computed);
        }
        SystemTable<?> table = origin.getOriginTable().unwrap(SystemTable.class);
        return table == null
                ? ColumnType.of(computed)
                : table.columns().get(origin.getOriginColumnOrdinal()).type();
    }
}
