package dev.reprise.server.query.table;

import dev.reprise.server.query.output.ColumnType;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param <R> what the table's source yields for each row
 * @param value computes the column's value, of the class that {@link ColumnType} says; called only when the column is
 *     asked for
 * @param growth up to how many times a row's payload a value takes on the heap
 */
public record TableColumn<R>(String name, ColumnType type, Function<R, @Nullable Object> value, int growth) {

    /** A column whose values are small. */
    TableColumn(String name, ColumnType type, Function<R, @Nullable Object> value) {
        this(name, type, value, 0);
    }

    /** The same of values that take up to so many times what their row's payload takes. */
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

    /** A number below 2^32. */
    static <R> TableColumn<R> count(String name, Function<R, @Nullable Number> value) {
        return new TableColumn<>(name, ColumnType.UINT32, row -> {
            Number found = value.apply(row);
            return found == null ? null : found.longValue();
        });
    }

    /** An unsigned 64-bit number; a {@link Long} is taken as its bits. */
    static <R> TableColumn<R> large(String name, Function<R, @Nullable Long> value) {
        return new TableColumn<>(name, ColumnType.UINT64, row -> {
            Long found = value.apply(row);
            return found == null ? null : Unsigned.decimal(found);
        });
    }

    /** A time in milliseconds since the epoch; 0 is none. */
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

    /** A column of the original's that nothing here can fill. */
    static <R> TableColumn<R> none(String name, ColumnType type) {
        return new TableColumn<>(name, type, _ -> null);
    }
}
