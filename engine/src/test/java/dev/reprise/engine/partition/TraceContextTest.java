package dev.reprise.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final InvocationId CALLER = InvocationId.fresh(1, 2, 3, 4);
    private static final Header OTHER = new Header("x-other", "1");
    private static final Header STATE = new Header("tracestate", "a=1");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static Header parent(String span) {
        return new Header("traceparent", "00-" + TRACE + '-' + span + "-01");
    }

    @Test
    void ofCall_callerIsOfATrace_namesTheCallersStartAsParent() {
        List<Header> headers = TraceContext.ofCall(
                List.of(OTHER), CALLER, List.of(new Header("x-of-caller", "2"), parent("b7ad6b7169203331"), STATE));

        String start = "%016x".formatted(TraceContext.startSpanId(CALLER));
        assertThat(headers).containsExactly(OTHER, parent(start), STATE);
    }

    @Test
    void ofCall_callNamesATraceItself_keepsIt() {
        List<Header> named = List.of(OTHER, parent("00f067aa0ba902b7"));
        assertThat(TraceContext.ofCall(named, CALLER, List.of(parent("b7ad6b7169203331"))))
                .isEqualTo(named);
    }

    @Test
    void ofCall_callerIsOfNoTrace_changesNothing() {
        assertThat(TraceContext.ofCall(List.of(OTHER), CALLER, List.of())).containsExactly(OTHER);
    }

    @Test
    void ofCall_callersTraceHasAnotherForm_passesItOn() {
        Header unknown = new Header("traceparent", "ff-future");
        assertThat(TraceContext.ofCall(List.of(), CALLER, List.of(unknown))).containsExactly(unknown);
    }

    @Test
    void of_keepsWhatIsAboutTheTrace() {
        assertThat(TraceContext.of(List.of(OTHER, STATE, parent("b7ad6b7169203331"))))
                .containsExactly(STATE, parent("b7ad6b7169203331"));
    }
}
