package dev.reprise.simulator;

import dev.reprise.engine.Engine;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** All clients of the engine. */
final class SimulatedClients {
    private final World world;
    private final Cluster cluster;
    private final List<SimulatedClient> clients = new ArrayList<>();

    SimulatedClients(World world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
    }

    @Override
    public String toString() {
        return "waiting clients " + clients;
    }

    boolean areDone() {
        clients.removeIf(SimulatedClient::isDone);
        return clients.isEmpty();
    }

    /** Adds a client that starts after a while. */
    void add(
            String name,
            long delayMicros,
            boolean asksAgain,
            Function<Engine, CompletableFuture<Response>> asking,
            Consumer<Response> onAnswer) {
        SimulatedClient client = new SimulatedClient(world, cluster, name, asksAgain, asking, onAnswer);
        clients.add(client);
        client.askIn(delayMicros);
    }

    /** Adds a client with a request about an invocation, for which any answer will do. */
    void ask(String name, long delayMicros, InvocationId target, Function<Engine, CompletableFuture<Response>> asking) {
        add(name + " " + target, delayMicros, true, asking, response -> {});
    }
}
