package dev.reprise.benchmarks.embedded;

import dev.reprise.benchmarks.lab.Json;
import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process with our embedded engine, with its defaults. */
public final class EmbeddedFlows {
    private static final Serde<Long> NUMBER = SerdeFactory.json().create(Long.class);
    private static final int STEPS = 10;

    private EmbeddedFlows() {}

    /** Runs the {@link FlowPlan} that is the only argument, as JSON. */
    public static void main(String[] args) throws InterruptedException {
        FlowPlan plan = Json.read(args[0], FlowPlan.class);
        run(Path.of(plan.folder()), FlowLoop.printing(plan));
    }

    static void run(Path folder, FlowLoop loop) throws InterruptedException {
        try (Reprise reprise = Reprise.embedded().folder(folder).bind(flows()).start()) {
            Client client = reprise.client();
            long sum = STEPS * (STEPS - 1) / 2;
            loop.run("noop", 1, seed -> call(client, "noop", seed) == seed);
            loop.run("steps10", STEPS, seed -> call(client, "steps", seed) == STEPS * seed + sum);
            loop.run("fanout10", STEPS, seed -> call(client, "fanout", seed) == STEPS * seed + sum);
        }
    }

    private static ServiceDefinition flows() {
        return ServiceDefinition.service("Flows")
                .handler("noop", NUMBER, NUMBER, (_, seed) -> seed)
                .handler("steps", NUMBER, NUMBER, EmbeddedFlows::steps)
                .handler("fanout", NUMBER, NUMBER, EmbeddedFlows::fanout)
                .build();
    }

    private static long call(Client client, String handler, long seed) {
        return client.callAsync(Target.service("Flows", handler), NUMBER, seed, NUMBER, CallOptions.NONE)
                .join();
    }

    private static long steps(Context ctx, long seed) {
        long sum = 0;
        for (int i = 0; i < STEPS; i++) {
            long value = seed + i;
            sum += ctx.run("s", NUMBER, () -> value);
        }
        return sum;
    }

    private static long fanout(Context ctx, long seed) {
        List<RestatePromise<Long>> calls = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            calls.add(ctx.call(Target.service("Flows", "noop"), NUMBER, seed + i, NUMBER, CallOptions.NONE));
        }
        return RestatePromise.all(calls).await().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
