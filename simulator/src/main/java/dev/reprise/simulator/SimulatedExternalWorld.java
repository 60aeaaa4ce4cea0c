package dev.reprise.simulator;

import dev.reprise.protocol.Failure;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.Request;
import dev.reprise.simulator.check.Checks;
import dev.reprise.simulator.program.CallOperations;
import dev.reprise.simulator.program.ExternalWorld;
import dev.reprise.simulator.world.Baton;
import dev.reprise.simulator.world.SimulatedCrash;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.World;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the closures of runs have their effects. It counts how often each was executed, fails some of them, and has
 * clients complete what handlers wait for.
 */
final class SimulatedExternalWorld implements ExternalWorld {
    /** The header that tells an attempt up to which LSN its node knew the log. */
    static final String KNOWN_LSN = "known-lsn";

    /** The header that tells an attempt in which life of the deployment it runs. */
    static final String INCARNATION = "incarnation";

    private static final long DURATION_MICROS_MAX = 20_000;
    private static final long COMPLETED_MICROS_MAX = 200_000;
    private static final double INSTANT = 0.4;

    private final World world;
    private final Baton baton;
    private final Checks checks;
    private final Map<String, Integer> executions = new HashMap<>();
    private @Nullable SimulatedClients clients;
    private int incarnation;

    SimulatedExternalWorld(World world, Baton baton, Checks checks) {
        this.world = world;
        this.baton = baton;
        this.checks = checks;
    }

    void connect(SimulatedClients all) {
        clients = all;
    }

    /** The deployment has died: the effects of its running closures do not happen. */
    void deploymentDied(int next) {
        incarnation = next;
    }

    @Override
    public String execute(Request request, String run, int failures) {
        InvocationId id = InvocationId.parse(request.invocationId());
        check(() -> checks.runExecuted(id, run, Long.parseLong(header(request, KNOWN_LSN))));
        if (!world.dice().chance(INSTANT)) {
            baton.pause(DURATION_MICROS_MAX);
        }
        if (Integer.parseInt(header(request, INCARNATION)) != incarnation) {
            throw new SimulatedCrash("in a closure");
        }
        int count = executions.merge(id + " " + run, 1, Integer::sum);
        if (count <= failures) {
            throw new IllegalStateException("fails " + count + " of " + failures + " times");
        }
        return run;
    }

    /** A failed check must not pass for an exception of the closure, which would only be retried. */
    private void check(Runnable holds) {
        try {
            holds.run();
        } catch (SimulationFailure e) {
            baton.fail(e);
            throw e;
        }
    }

    private static String header(Request request, String name) {
        String value = request.attemptHeaders().get(name);
        if (value == null) {
            throw new SimulationFailure("an attempt without the header " + name);
        }
        return value;
    }

    @Override
    public void completeAwakeable(String awakeableId, String value, boolean fails) {
        AwakeableId id = AwakeableId.parse(awakeableId);
        Result result =
                fails ? new Result.Failed(new Failure(400, value)) : new Result.Value(CallOperations.json(value));
        signal(id.invocationId(), new NotificationId.SignalIndex(id.signalIndex()), result);
    }

    @Override
    public void signal(String invocationId, String name, String value) {
        Result result = new Result.Value(CallOperations.json(value));
        signal(InvocationId.parse(invocationId), new NotificationId.SignalName(name), result);
    }

    private void signal(InvocationId target, NotificationId signal, Result result) {
        if (clients != null) {
            clients.ask(
                    "completes " + signal,
                    world.dice().micros(COMPLETED_MICROS_MAX),
                    target,
                    engine -> engine.signal(target, signal, result));
        }
    }
}
