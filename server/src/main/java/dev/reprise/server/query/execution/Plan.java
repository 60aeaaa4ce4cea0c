package dev.reprise.server.query.execution;

import dev.reprise.server.query.output.Column;
import java.util.List;
import java.util.Map;
import org.apache.calcite.runtime.Bindable;
import org.jspecify.annotations.Nullable;

/**
 * How a query is answered: compiled, and good for any number of runs.
 *
 * @param places where the columns' values are in a row of the code's
 * @param constants what the code asks its {@link QueryContext} for
 * @param calls how many calls make values that are bounded, see {@code BoundedCalls}
 * @param code yields the rows; each is an array, or of one column its value
 */
public record Plan(List<Column> columns, int[] places, Map<String, Object> constants, int calls, Bindable<?> code) {
    /** The values of the columns in a row of the code's. */
    @Nullable
    public Object[] values(@Nullable Object row) {
        @Nullable Object[] values = new @Nullable Object[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = row instanceof Object[] all ? all[places[i]] : row;
        }
        return values;
    }
}
