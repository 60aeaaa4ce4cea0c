package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.count;
import static dev.reprise.server.query.table.TableColumn.text;

import java.util.ArrayList;
import java.util.List;

/** The tables that describe tables and columns, with the names and types that people and programs expect. */
public final class InformationSchema {
    private static final double ROWS_EXPECTED = 500;
    private static final String CATALOG = "restate";
    private static final String SCHEMA = "public";

    private record ColumnPosition(SystemTable<?> table, TableColumn<?> column, int index) {}

    private InformationSchema() {}

    public static List<SystemTable<?>> of(List<SystemTable<?>> tables) {
        List<ColumnPosition> places = new ArrayList<>();
        for (SystemTable<?> table : tables) {
            for (int i = 0; i < table.columns().size(); i++) {
                places.add(new ColumnPosition(table, table.columns().get(i), i));
            }
        }
        return List.of(
                new SystemTable<>("tables", ROWS_EXPECTED, tableColumns(), _ -> tables.iterator()),
                new SystemTable<>("columns", ROWS_EXPECTED, columnColumns(), _ -> places.iterator()));
    }

    private static List<TableColumn<SystemTable<?>>> tableColumns() {
        return List.of(
                text("table_catalog", _ -> CATALOG),
                text("table_schema", _ -> SCHEMA),
                text("table_name", SystemTable::name),
                text("table_type", _ -> "BASE TABLE"));
    }

    private static List<TableColumn<ColumnPosition>> columnColumns() {
        return List.of(
                text("table_catalog", _ -> CATALOG),
                text("table_schema", _ -> SCHEMA),
                text("table_name", place -> place.table().name()),
                text("column_name", place -> place.column().name()),
                count("ordinal_position", ColumnPosition::index),
                text("column_default", _ -> null),
                text("is_nullable", _ -> "YES"),
                text("data_type", place -> place.column().type().title()));
    }
}
