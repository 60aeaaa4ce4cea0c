package dev.reprise.engine.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.processor.ResponseRegistry.Waiting;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.response.ResponseHeldBackException;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ResponseRegistryTest {
    private static final InvocationId ID = InvocationId.fresh(1, 2, 3, 4);

    private final ResponseRegistry responses = new ResponseRegistry(1);
    private final List<Long> asked = new ArrayList<>();

    private Waiting waiting(boolean hasRoom) {
        Waiting waiting = responses.newRequest((bytes, isKept) -> {
            asked.add(isKept ? -bytes : bytes);
            return hasRoom;
        });
        responses.expect(0, waiting);
        return waiting;
    }

    @Test
    void result_withRoom_isGiven() {
        Waiting waiting = waiting(true);
        Response result = new Response.Completed(ID, Bytes.wrap(new byte[1_000]), 0);
        responses.respond(waiting.id(), result);
        assertThat(waiting.response().join()).isEqualTo(result);
        assertThat(asked).containsExactly(1_000L);
    }

    @Test
    void result_withoutRoom_isHeldBack_andNobodyWaitsForItAnyMore() {
        Waiting waiting = waiting(false);
        responses.respond(waiting.id(), new Response.Completed(ID, Bytes.wrap(new byte[1_000]), 0));
        assertThatThrownBy(waiting.response()::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(ResponseHeldBackException.class, held -> {
                    assertThat(held.invocation()).isEqualTo(ID);
                    assertThat(held.bytes()).isEqualTo(1_000);
                });
        assertThat(responses.waiting()).isZero();
    }

    @Test
    void result_thatWasKept_isToldFromOneThatComesOnce() {
        Waiting waiting = waiting(true);
        responses.respond(waiting.id(), new Response.Completed(ID, Bytes.wrap(new byte[1_000]), 77));
        assertThat(waiting.response()).isCompleted();
        assertThat(asked).containsExactly(-1_000L);
    }

    @Test
    void failure_takesRoomToo() {
        Waiting waiting = waiting(false);
        responses.respond(waiting.id(), new Response.Failed(ID, new Failure(500, "x".repeat(700)), "y".repeat(300), 0));
        assertThat(waiting.response()).isCompletedExceptionally();
        assertThat(asked).containsExactly(1_000L);
    }

    @Test
    void whatCarriesNothing_needsNoRoom() {
        Waiting accepted = waiting(false);
        responses.respond(accepted.id(), new Response.Accepted(ID, false));
        assertThat(accepted.response()).isCompleted();
        Waiting empty = waiting(false);
        responses.respond(empty.id(), new Response.Completed(ID, Bytes.EMPTY, 0));
        assertThat(empty.response()).isCompleted();
        assertThat(asked).isEmpty();
    }
}
