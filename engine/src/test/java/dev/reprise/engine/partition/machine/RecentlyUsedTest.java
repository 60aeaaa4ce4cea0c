package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
    private final RecentlyUsed<String, String> used =
            new RecentlyUsed<>(3, 100, (key, value) -> key.length() + value.length());

    @Test
    void beyondTheNumber_theLeastRecentlyUsedGoes() {
        used.put("a", "1");
        used.put("b", "2");
        used.put("c", "3");
        assertThat(used.get("a")).isEqualTo("1");
        used.put("d", "4");
        assertThat(used.get("b")).isNull();
        assertThat(used.get("a")).isEqualTo("1");
        assertThat(used.bytes()).isEqualTo(6);
    }

    @Test
    void beyondTheBytes_asManyGoAsMust() {
        used.put("a", "x".repeat(40));
        used.put("b", "x".repeat(40));
        assertThat(used.put("c", "x".repeat(90))).isNull();
        assertThat(used.size()).isEqualTo(1);
        assertThat(used.bytes()).isEqualTo(91);
        assertThat(used.put("c", "small")).hasSize(90);
        assertThat(used.bytes()).isEqualTo(6);
        used.remove("c");
        assertThat(used.bytes()).isZero();
    }

    @Test
    void whatIsLargerThanAllMayBe_isNotKept_andDisplacesNothing() {
        used.put("a", "1");
        used.put("b", "2");
        assertThat(used.put("b", "x".repeat(100))).isEqualTo("2");
        assertThat(used.get("b")).isNull();
        assertThat(used.get("a")).isEqualTo("1");
        assertThat(used.bytes()).isEqualTo(2);
    }
}
