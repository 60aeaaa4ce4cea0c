package dev.reprise.engine.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.LogException;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final InvocationId ID = InvocationId.fresh(1, 2, 3, 4);

    @Test
    void answers_thatRefuse_haveReasonCodeAndInvocation() {
        assertThat(Refusal.of(new Response.NotFound(ID)))
                .isEqualTo(new Refusal(Refusal.Reason.INVOCATION_NOT_FOUND, 404, "there is no invocation " + ID, ID));
        assertThat(Refusal.of(new Response.NotReady(ID)))
                .isEqualTo(
                        new Refusal(Refusal.Reason.NOT_READY, 470, "the invocation " + ID + " has no result yet", ID));
        assertThat(Refusal.of(new Response.Refused(ID, 409, "busy")))
                .isEqualTo(new Refusal(Refusal.Reason.REFUSED, 409, "busy", ID));
    }

    @Test
    void answers_toAnotherQuestion_areNone() {
        assertThatThrownBy(() -> Refusal.of(new Response.Done(ID))).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> Refusal.of(new Response.Completed(ID, Bytes.EMPTY, 0)))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void failures_ofTheRequestAndOfTheEngine_areToldApart() {
        assertThat(Refusal.of(UnresolvedCallException.handlerNotFound("Greeter", "greet")))
                .extracting(Refusal::reason, Refusal::code)
                .containsExactly(Refusal.Reason.UNRESOLVED, 404);
        assertThat(Refusal.of(new ProtocolException(500, "bad id")))
                .extracting(Refusal::reason, Refusal::code, Refusal::message)
                .containsExactly(Refusal.Reason.UNRESOLVED, 400, "bad id");
        assertThat(Refusal.of(new LogException("closed")))
                .extracting(Refusal::reason, Refusal::code)
                .containsExactly(Refusal.Reason.UNAVAILABLE, 503);
    }
}
