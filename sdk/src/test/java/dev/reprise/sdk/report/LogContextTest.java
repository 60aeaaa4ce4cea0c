package dev.reprise.sdk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {
    private final LogContext context = new LogContext("inv_1", "Greeter/greet");

    @BeforeEach
    void markTheThread() {
        MDC.put("tenant", "a");
    }

    @AfterEach
    void forgetMarks() {
        MDC.clear();
    }

    @Test
    void run_bodyIsMarked_andNothingIsLeftAfterwards() {
        Map<String, String> seen = new HashMap<>();
        context.run(() -> seen.putAll(MDC.getCopyOfContextMap()));
        assertThat(seen)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "restate.invocation.id", "inv_1", "restate.invocation.target", "Greeter/greet", "tenant", "a"));
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "a"));
    }

    @Test
    void target_withAKeyOfSeveralLines_isOneLine() {
        Map<String, String> seen = new HashMap<>();
        new LogContext("inv_1", "Counter/a\nERROR forged\u001b[2J\u2028/add")
                .run(() -> seen.putAll(MDC.getCopyOfContextMap()));
        assertThat(seen)
                .containsEntry("restate.invocation.target", "Counter/a\\u000aERROR forged\\u001b[2J\\u2028/add");
    }

    @Test
    void run_bodyThrows_nothingIsLeftEither() {
        assertThatThrownBy(() -> context.run(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "a"));
    }
}
