package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.interop.harness.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SQL tables of both servers; those that only one has are listed in {@code docs/compatibility.md}. */
final class SqlTablesTest {
    private static final int COLUMNS_MIN = 200;

    @ParameterizedTest
    @EnumSource(names = "TS_STREAMING")
    void columns_haveTheSameNamesTypesAndOrder(Subject subject) {
        compare(subject, "columns", world -> {
            var columns = world.rows("""
                    SELECT table_name, ordinal_position, column_name, data_type FROM information_schema.columns
                    WHERE table_schema = 'public'
                    AND table_name NOT IN ('sys_vqueue_entry_status', 'sys_vqueue_meta', 'sys_idempotency', 'sys_waits',
                        'sys_invocation_ended')
                    AND NOT (table_name = 'sys_invocation' AND column_name = 'random_seed')
                    ORDER BY table_name, ordinal_position""");
            assertThat(columns).hasSizeGreaterThan(COLUMNS_MIN);
        });
    }
}
