package dev.reprise.simulator;

import dev.reprise.engine.Engine;
import dev.reprise.engine.call.Call;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.check.AnswersFit;
import dev.reprise.simulator.check.Checks;
import dev.reprise.simulator.program.Argument;
import dev.reprise.simulator.program.CallOperations;
import dev.reprise.simulator.program.Expected;
import dev.reprise.simulator.program.Programs;
import dev.reprise.simulator.program.Services;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The requests of clients: calls and sends, with and without an idempotency key. */
final class Workload {
    private static final int REQUESTS_MAX = 8;
    private static final int DEPTH_MAX = 2;
    private static final long WITHIN_MICROS = 1_000_000;

    private final World world;
    private final SimulatedClients clients;
    private final Checks checks;
    private final AnswersFit answers;
    private final List<InvocationId> known = new ArrayList<>();

    Workload(World world, SimulatedClients clients, Checks checks, AnswersFit answers) {
        this.world = world;
        this.clients = clients;
        this.checks = checks;
        this.answers = answers;
    }

    /** The invocations whose ids clients know. */
    List<InvocationId> known() {
        return known;
    }

    void begin() {
        int count = world.dice().between(1, REQUESTS_MAX);
        for (int i = 0; i < count; i++) {
            request("client" + i);
        }
    }

    private void request(String name) {
        boolean box = world.dice().chance(0.3);
        Argument argument = new Argument(world.dice().nextLong(), world.dice().between(0, DEPTH_MAX), box);
        @Nullable String key = box ? Programs.box(world.dice()) : null;
        long when = world.dice().micros(WITHIN_MICROS);
        switch (world.dice().below(3)) {
            case 0 -> call(name, when, spec(argument, key, name, 0), argument);
            case 1 -> call(name, when, spec(argument, key, null, 0), argument);
            default -> {
                long later = world.dice().chance(0.3)
                        ? world.clock().millis() + world.dice().below(2_000)
                        : 0;
                send(name, when, spec(argument, key, name, later), argument);
            }
        }
    }

    private static Call spec(
            Argument argument, @Nullable String key, @Nullable String idempotencyKey, long executionTimeMillis) {
        return new Call(
                key == null ? Services.WORK : Services.BOX,
                key,
                Services.RUN,
                CallOperations.json(argument.toString()),
                List.of(),
                idempotencyKey,
                null,
                null,
                executionTimeMillis,
                null);
    }

    private void call(String name, long when, Call call, Argument argument) {
        Expected expected = Programs.of(argument).expected();
        clients.add(name, when, call.idempotencyKey() != null, engine -> calling(engine, call), response -> {
            InvocationId id = idOf(response);
            checks.responded(id, response);
            answers.told(id, expected, response);
        });
        if (call.idempotencyKey() != null) {
            known.add(InvocationId.deterministic(call.service(), call.key(), call.handler(), call.idempotencyKey()));
        }
    }

    /**
     * A request that fails or is refused at once is in no log, and must stay out of it unless somebody repeats the
     * call.
     */
    private CompletableFuture<Response> calling(Engine engine, Call call) {
        Engine.Calling calling = engine.calling(call);
        CompletableFuture<Response> response = calling.response();
        boolean isRefused = response.isCompletedExceptionally()
                || (response.isDone() && response.join() instanceof Response.Refused);
        if (isRefused && call.idempotencyKey() == null) {
            checks.refused(calling.invocationId());
        }
        return response;
    }

    private static InvocationId idOf(Response response) {
        return switch (response) {
            case Response.Completed(InvocationId id, var _, var _) -> id;
            case Response.Failed(InvocationId id, var _, var _, var _) when id != null -> id;
            case Response.Failed _,
                    Response.Accepted _,
                    Response.Done _,
                    Response.NotFound _,
                    Response.NotReady _,
                    Response.Refused _ -> throw new SimulationFailure("a client that called was told " + response);
        };
    }

    private void send(String name, long when, Call call, Argument argument) {
        clients.add(name, when, true, engine -> engine.send(call), response -> {
            if (!(response instanceof Response.Accepted(InvocationId id, var _))) {
                throw new SimulationFailure("a client that sent was told " + response);
            }
            checks.responded(id, response);
            known.add(id);
            attach(name, id, Programs.of(argument).expected());
        });
    }

    private void attach(String name, InvocationId id, Expected expected) {
        clients.add(
                name + " attaches",
                world.dice().micros(WITHIN_MICROS),
                true,
                engine -> engine.attach(new InvocationReference.ById(id.toString())),
                response -> {
                    checks.responded(id, response);
                    answers.told(id, expected, response);
                });
    }
}
