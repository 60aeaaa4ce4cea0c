package dev.reprise.server.admin;

import dev.reprise.engine.Engine;
import dev.reprise.engine.call.Refusal;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The operations that an operator has for invocations. Each throws {@link AdminException} when it cannot be done. */
final class InvocationOperations {
    private final Engine engine;

    InvocationOperations(Engine engine) {
        this.engine = engine;
    }

    /** How an operation ended. */
    enum Outcome {
        DONE,
        /** It will be done once the invocation has received it. */
        ACCEPTED
    }

    /** An operation that needs only the invocation. */
    @FunctionalInterface
    interface Operation {
        Outcome on(InvocationId id);
    }

    /** The deployment with which an invocation continues. */
    sealed interface Target {
        /** The one that it is bound to. */
        record Keep() implements Target {}

        /** The newest one of its service. */
        record Latest() implements Target {}

        /** A particular one. */
        record Chosen(DeploymentId id) implements Target {}

        /**
         * Reads a choice.
         *
         * @throws ProtocolException when the text is none of the choices
         */
        static Target parse(String text) {
            return switch (text) {
                case "keep", "Keep" -> new Keep();
                case "latest", "Latest" -> new Latest();
                default -> new Chosen(DeploymentId.parse(text));
            };
        }
    }

    Outcome cancel(InvocationId id) {
        boolean hasStarted = find(id).map(InvocationOperations::hasStarted).orElse(false);
        done(engine.cancel(id));
        return hasStarted ? Outcome.ACCEPTED : Outcome.DONE;
    }

    Outcome kill(InvocationId id) {
        return done(engine.kill(id));
    }

    Outcome purge(InvocationId id) {
        return done(engine.purge(id));
    }

    Outcome purgeJournal(InvocationId id) {
        return done(engine.purgeJournal(id));
    }

    Outcome pause(InvocationId id) {
        Optional<Invocation> invocation = find(id);
        if (invocation.isPresent() && invocation.get().status() instanceof InvocationStatus.Suspended) {
            return Outcome.DONE;
        }
        boolean isRunning = invocation.filter(InvocationOperations::isRunning).isPresent();
        done(engine.pause(id));
        return isRunning ? Outcome.ACCEPTED : Outcome.DONE;
    }

    Outcome resume(InvocationId id, Target target) {
        Invocation invocation = find(id).orElseThrow(() -> missing(id));
        if (!hasStarted(invocation) || goesToLatest(invocation, target)) {
            return done(engine.resume(id, null));
        }
        boolean mayMove = invocation.deployment() != null && !isRunning(invocation);
        if (!(target instanceof Target.Keep) && !mayMove) {
            throw AdminException.ofInvocation(
                    409,
                    "The invocation '" + id + "' is still running or the deployment id is not pinned yet,"
                            + " deployment id cannot be changed.",
                    "Cannot change deployment ID for invocation '" + id + "'");
        }
        return done(engine.resume(id, deployment(invocation, target, "resume", "resuming")));
    }

    /** Whether this choice is what happens anyway, since the invocation is not bound to a deployment. */
    private static boolean goesToLatest(Invocation invocation, Target target) {
        return target instanceof Target.Latest && invocation.deployment() == null && !isRunning(invocation);
    }

    /** Restarts a completed invocation; returns the new one's id. */
    InvocationId restartAsNew(InvocationId id, int journalPrefix, Target target) {
        Invocation invocation = find(id).orElseThrow(() -> missing(id));
        boolean mayMove = invocation.status() instanceof InvocationStatus.Completed
                && invocation.deployment() != null
                && invocation.mayBeRestartedFrom(journalPrefix);
        DeploymentId deployment = mayMove ? deployment(invocation, target, "restart as new", "restarting") : null;
        return switch (EngineAnswers.await(engine.restartAsNew(id, journalPrefix, deployment))) {
            case Response.Accepted accepted -> accepted.invocationId();
            case Response other -> throw AdminException.of(Refusal.of(other));
        };
    }

    /** The deployment to name to the engine; null for the one that the invocation is bound to. */
    private @Nullable DeploymentId deployment(Invocation invocation, Target target, String what, String whatInBatch) {
        Optional<DeploymentId> chosen = switch (target) {
            case Target.Keep _ -> Optional.empty();
            case Target.Latest _ ->
                engine.registry()
                        .latestDeployment(invocation.target().service())
                        .map(Deployment::id);
            case Target.Chosen(DeploymentId id) ->
                engine.registry().deployment(id).map(Deployment::id);
        };
        if (chosen.isEmpty() && !(target instanceof Target.Keep)) {
            InvocationId id = invocation.request().id();
            throw AdminException.ofInvocation(
                    400,
                    "The given deployment was not found when trying to " + what + " the invocation '" + id + "'.",
                    "Deployment not found when " + whatInBatch + " invocation '" + id + "'");
        }
        return chosen.orElse(null);
    }

    private static Outcome done(CompletableFuture<Response> answer) {
        return switch (EngineAnswers.await(answer)) {
            case Response.Done _ -> Outcome.DONE;
            case Response other -> throw AdminException.of(Refusal.of(other));
        };
    }

    private Optional<Invocation> find(InvocationId id) {
        return EngineAnswers.await(engine.views().invocation(id));
    }

    private static boolean hasStarted(Invocation invocation) {
        return switch (invocation.status()) {
            case InvocationStatus.Invoked _, InvocationStatus.Suspended _, InvocationStatus.Paused _ -> true;
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ -> false;
        };
    }

    private static boolean isRunning(Invocation invocation) {
        return invocation.status() instanceof InvocationStatus.Invoked;
    }

    private static AdminException missing(InvocationId id) {
        return AdminException.of(Refusal.of(new Response.NotFound(id)));
    }
}
