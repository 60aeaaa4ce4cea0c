package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SendingStateTest {
    @Test
    void request_thatStallsOnce_isSentAndGone() {
        assertThat(SendingState.UNSENT
                        .then(SendingState.OPENING)
                        .then(SendingState.SENDING)
                        .then(SendingState.STALLED)
                        .then(SendingState.SENDING)
                        .then(SendingState.SENT)
                        .then(SendingState.GONE))
                .isEqualTo(SendingState.GONE);
    }

    @Test
    void step_thatIsNotNext_isRefused() {
        assertThatThrownBy(() -> SendingState.UNSENT.then(SendingState.SENDING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was UNSENT and cannot become SENDING");
        assertThatThrownBy(() -> SendingState.STALLED.then(SendingState.SENT))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SendingState.GONE.then(SendingState.GONE)).isInstanceOf(IllegalStateException.class);
    }
}
