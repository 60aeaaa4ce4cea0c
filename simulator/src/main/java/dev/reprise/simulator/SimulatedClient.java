package dev.reprise.simulator;

import dev.reprise.engine.Engine;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.response.Response;
import dev.reprise.simulator.world.World;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks the engine for something until it has an answer. When its connection breaks, or it is told of a failure of the
 * engine, it asks again, or gives up if it must not repeat the request.
 */
final class SimulatedClient {
    private static final long NETWORK_MICROS_MAX = 1_000;
    private static final long AGAIN_MICROS_MAX = 100_000;

    private final World world;
    private final Cluster cluster;
    private final String name;
    private final boolean asksAgain;
    private final Function<Engine, CompletableFuture<Response>> asking;
    private final Consumer<Response> onAnswer;
    private int tries;
    private boolean done;

    SimulatedClient(
            World world,
            Cluster cluster,
            String name,
            boolean asksAgain,
            Function<Engine, CompletableFuture<Response>> asking,
            Consumer<Response> onAnswer) {
        this.world = world;
        this.cluster = cluster;
        this.name = name;
        this.asksAgain = asksAgain;
        this.asking = asking;
        this.onAnswer = onAnswer;
    }

    /** Whether it has its answer or has given up. */
    boolean isDone() {
        return done;
    }

    @Override
    public String toString() {
        return name;
    }

    void askIn(long delayMicros) {
        world.queue().in(delayMicros, name + " asks", this::ask);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // who gets no answer notices that the connection breaks
    private void ask() {
        SimulatedNode node = cluster.reachable().orElse(null);
        if (done) {
            return;
        }
        if (node == null) {
            askIn(world.dice().micros(AGAIN_MICROS_MAX));
            return;
        }
        int current = ++tries;
        node.onDeath(() -> failed(current));
        node.ask(asking).whenComplete((response, failure) -> {
            long delay = world.dice().micros(NETWORK_MICROS_MAX);
            if (response instanceof Response.Refused(var _, int code, String reason)
                    && code == EngineException.UNAVAILABLE) {
                world.queue().in(delay, name + " is refused: " + reason, () -> failed(current));
            } else if (response != null) {
                world.queue().in(delay, name + " gets " + response, () -> answered(response));
            } else {
                world.queue().in(delay, name + " is told: " + failure.getMessage(), () -> failed(current));
            }
        });
    }

    /** A try has no answer and will get none. */
    private void failed(int current) {
        if (done || current != tries) {
            return;
        }
        tries++;
        if (asksAgain) {
            askIn(world.dice().micros(AGAIN_MICROS_MAX));
        } else {
            done = true;
        }
    }

    private void answered(Response response) {
        if (!done) {
            done = true;
            onAnswer.accept(response);
        }
    }
}
