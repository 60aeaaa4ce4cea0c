package dev.reprise.server.query.execution;

import dev.reprise.server.query.output.Column;
import java.util.List;
import java.util.Map;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * The compiled form of a query, which can be run any number of times.
 *
 * @param places the positions of the columns' values in the code's rows
 * @param constants values that the code requests from its {@link QueryContext}
 * @param calls the number of calls that produce bounded values, see {@code BoundedCalls}
 * @param code yields the rows; each is an array or, with one column, its value
 */
public record Plan(List<Column> columns, int[] places, Map<String, Object> constants, int calls, Bindable<?> code) {
    /** The values of the columns in a row that the code has yielded. */
    @Nullable
    public Object[] values(@Nullable Object row) {
        @Nullable Object[] values = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = row instanceof Object[] all ? all[places[i]] : row;
        }
        return values;
    }
}
