package dev.reprise.server.ingress;

import dev.reprise.engine.Engine;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.response.ResponseHeldBackException;
import dev.reprise.engine.response.ResponseRoom;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.server.http.AnswerMemory;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.RequestClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.server.Request;

/**
 * One request's wait for the engine, as long as its client is there. A large result leaves the engine only when there
 * is memory for it while the client reads; without memory, the request waits in line for some and asks again. For one
 * thread, but any thread may close it.
 */
final class ResponseWait implements AutoCloseable {
    private final Engine engine;
    private final Request request;
    private final AnswerMemory.Reservation reservation;

    ResponseWait(Engine engine, Request request, AnswerMemory.Reservation reservation) {
        this.engine = engine;
        this.request = request;
        this.reservation = reservation;
    }

    /** Where the awaited result is held. */
    ResponseRoom room() {
        return reservation::take;
    }

    /** Waits as long as the client does. */
    Response await(CompletableFuture<Response> future) {
        try {
            return RequestClient.of(request).await(future);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ResponseHeldBackException held) {
                return inTurn(held);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            throw stopping(e);
        }
    }

    private Response inTurn(ResponseHeldBackException held) {
        boolean granted;
        try {
            granted = reservation.awaitForKept(held.bytes(), BodyLimits.PATIENCE);
        } catch (InterruptedException e) {
            throw stopping(e);
        }
        if (!granted) {
            throw IngressException.noMemoryForResult(held.invocation());
        }
        Response response = await(
                engine.output(new InvocationReference.ById(held.invocation().toString()), room()));
        if (response instanceof Response.NotFound) {
            throw IngressException.resultIsGone(held.invocation());
        }
        return response;
    }

    private static EngineException stopping(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EngineException(EngineException.UNAVAILABLE, "the server is stopping", e);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        reservation.close();
    }
}
