package dev.reprise.server.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What queries answer, as tests look at it. */
final class Answers {
    private Answers() {}

    /** All rows; columns that are null are left out. */
    static List<Map<String, Object>> rows(QueryEngine queries, String sql) {
        try (QueryResult result = queries.query(sql)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (@Nullable Object[] row = result.next(); row != null; row = result.next()) {
                Map<String, Object> named = new LinkedHashMap<>();
                for (int i = 0; i < row.length; i++) {
                    Object value = row[i];
                    if (value != null) {
                        named.put(result.columns().get(i).name(), value);
                    }
                }
                rows.add(named);
            }
            return rows;
        }
    }

    /** The values of the first column. */
    static List<@Nullable Object> first(QueryEngine queries, String sql) {
        try (QueryResult result = queries.query(sql)) {
            List<@Nullable Object> values = new ArrayList<>();
            for (@Nullable Object[] row = result.next(); row != null; row = result.next()) {
                values.add(row[0]);
            }
            return values;
        }
    }
}
