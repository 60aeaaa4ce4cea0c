package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The admin port of a program that has nothing to serve it with; with the server's artifact see there. */
class AdminPortTest {
    @Test
    void withoutTheArtifact_itIsRefused_andNamed() {
        assertThatThrownBy(() -> Reprise.embedded().admin(9070))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Add the artifact dev.reprise:reprise-server");
    }

    @Test
    void notAskedFor_thereIsNone() {
        try (Reprise reprise = Reprise.embedded().start()) {
            assertThat(reprise.adminPort()).isEmpty();
        }
    }
}
