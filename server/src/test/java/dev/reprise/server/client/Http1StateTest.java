package dev.reprise.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Http1StateTest {
    @Test
    void exchange_whicheverSideEndsFirst_leavesTheConnectionIdle() {
        assertThat(Http1State.IDLE.opened().requestEnded().answerEnded()).isEqualTo(Http1State.IDLE);
        assertThat(Http1State.IDLE.opened().answerEnded().requestEnded()).isEqualTo(Http1State.IDLE);
    }

    @Test
    void step_thatIsNotNext_isRefused() {
        assertThatThrownBy(() -> Http1State.EXCHANGING.opened()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Http1State.ANSWERING.requestEnded()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Http1State.ANSWERED.answerEnded()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Http1State.CLOSED.opened()).isInstanceOf(IllegalStateException.class);
    }
}
