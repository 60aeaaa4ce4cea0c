package dev.reprise.server.query.table;

import dev.reprise.server.query.output.ColumnType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param <R> the element of the table's source for each row
 * @param value computes the column's value, of the class given by {@link ColumnType}; called only when the column is
 *     requested
 * @param growth up to how many times the size of a row's payload a value takes on the heap
 */
public record TableColumn<R>(String name, ColumnType type, Function<R, @Nullable Object> value, int growth) {

    /** A column whose values are small. */
    TableColumn(String name, ColumnType type, Function<R, @Nullable Object> value) {
        this(name, type, value, 0);
    }

    /** The same, with values that take up to this many times the size of their row's payload. */
    TableColumn<R> growing(int times) {
        return new TableColumn<>(name, type, value, times);
    }

    static <R> TableColumn<R> text(String name, Function<R, @Nullable Object> value) {
        return new TableColumn<>(name, ColumnType.TEXT, row -> {
            Object found = value.apply(row);
            return found == null ? null : found.toString();
        });
    }

    static <R> TableColumn<R> bool(String name, Function<R, @Nullable Boolean> value) {
        return new TableColumn<>(name, ColumnType.BOOLEAN, value::apply);
    }

    /** An integer from 0 to 2^32 - 1. */
    static <R> TableColumn<R> count(String name, Function<R, @Nullable Number> value) {
        return new TableColumn<>(name, ColumnType.UINT32, row -> {
            Number found = value.apply(row);
            return found == null ? null : found.longValue();
        });
    }

    /** An unsigned 64-bit integer; a {@link Long} is taken as its bits. */
    static <R> TableColumn<R> large(String name, Function<R, @Nullable Long> value) {
        return new TableColumn<>(name, ColumnType.UINT64, row -> {
            Long found = value.apply(row);
            return found == null ? null : Unsigned.decimal(found);
        });
    }

    /** A time in milliseconds since the epoch; 0 means none. */
    static <R> TableColumn<R> time(String name, Function<R, @Nullable Long> value) {
        return new TableColumn<>(name, ColumnType.TIMESTAMP, row -> {
            Long found = value.apply(row);
            return found == null || found == 0 ? null : found;
        });
    }

    /** A span of milliseconds. */
    static <R> TableColumn<R> span(String name, Function<R, @Nullable Long> value) {
        return new TableColumn<>(name, ColumnType.DURATION, value::apply);
    }

    /** A column of the original that cannot be filled here. */
    static <R> TableColumn<R> none(String name, ColumnType type) {
        return new TableColumn<>(name, type, _ -> null);
    }
}
