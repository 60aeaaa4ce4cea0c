package dev.reprise.engine.invoker;

import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.PartitionRecord.DeploymentPinned;
import dev.reprise.engine.partition.machine.AttemptReplay;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens attempts: finds out where and how an invocation runs, reads its journal, and sends both. */
final class AttemptOpening {
    private final EngineConfig config;
    private final InvokerPools pools;
    private final Registry registry;
    private final CallResolver calls;
    private final DeploymentTransport transport;
    private final Proposals proposals;
    private final PartitionTables tables;

    AttemptOpening(
            InvokerSettings settings,
            Registry registry,
            CallResolver calls,
            DeploymentTransport transport,
            Proposals proposals,
            PartitionTables tables) {
        this.config = settings.config();
        this.pools = settings.pools();
        this.registry = registry;
        this.calls = calls;
        this.transport = transport;
        this.proposals = proposals;
        this.tables = tables;
    }

    /** Why no attempt could be opened. */
    static final class UnopenedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient TransientError error;

        UnopenedException(TransientError error) {
            super(error.message());
            this.error = error;
        }

        TransientError error() {
            return error;
        }
    }

    /**
     * Where and how an invocation runs: a deployment, a protocol version, and the policy of its revision of the
     * handler.
     */
    private record Route(Deployment deployment, ProtocolVersion version, AttemptPolicy policy) {}

    /** The invocation, while this attempt has the right to run it. */
    Optional<Invocation> current(AttemptId id) {
        return tables.invocations()
                .get(id.invocationId())
                .filter(invocation -> invocation.status() instanceof InvocationStatus.Invoked(long startLsn, var _)
                        && startLsn == id.startLsn());
    }

    /** Whether this attempt has the right to run but must not, because a pause was requested. */
    boolean isToHalt(AttemptId id) {
        return current(id)
                .filter(invocation ->
                        invocation.status() instanceof InvocationStatus.Invoked(var _, boolean pause) && pause)
                .isPresent();
    }

    /** The engine's own policy, for when the handler's revision is still unknown. */
    AttemptPolicy defaultPolicy() {
        return AttemptPolicy.of(config);
    }

    /**
     * Opens an attempt of an invocation that has the right to run.
     *
     * @throws UnopenedException when there is no route
     */
    InvocationAttempt open(
            Invocation invocation,
            AttemptHistory history,
            AttemptMemory memory,
            InvocationAttempt.FailureListener failures,
            long nowMillis) {
        Route route = route(invocation);
        int entries = tables.journal().length(invocation.id());
        history.opening(route.policy(), route.deployment().id(), nowMillis, proposals.wallMillis());
        InvocationAttempt.Head head = new InvocationAttempt.Head(
                history,
                invocation.target(),
                invocation.request().headers(),
                route.version(),
                binding(invocation, route, history),
                entries,
                tables.journal().commands(invocation.id()),
                memory);
        InvocationAttempt attempt = new InvocationAttempt(head, calls, proposals, failures);
        attempt.begin(
                transport.open(attemptHead(invocation, route), attempt.listener()),
                new Replay(invocation.id(), route.policy(), history, entries, nowMillis),
                nowMillis);
        return attempt;
    }

    private Route route(Invocation invocation) {
        InvocationTarget target = invocation.target();
        Optional<Deployment> found = invocation.deployment() == null
                ? registry.latestDeployment(target.service())
                : registry.deployment(invocation.deployment());
        if (found.isEmpty()) {
            String what = invocation.deployment() == null
                    ? "no deployment serves '" + target.service()
                            + "'; register one, or bind it where the engine is embedded"
                    : "the deployment '" + invocation.deployment()
                            + "' that the invocation runs on is not registered any more; register it again, or resume"
                            + " the invocation on another";
            throw new UnopenedException(TransientError.of(ErrorCode.INTERNAL, "RT0011", what));
        }
        Deployment deployment = found.get();
        ProtocolVersion version = invocation.version() == null ? deployment.version() : invocation.version();
        if (version.compareTo(deployment.oldestVersion()) < 0 || version.compareTo(deployment.version()) > 0) {
            String what = "the invocation runs on protocol version " + version.number() + ", its deployment '"
                    + deployment.id() + "' speaks " + deployment.oldestVersion().number() + " to "
                    + deployment.version().number() + "; resume it on another";
            throw new UnopenedException(TransientError.of(ErrorCode.INTERNAL, "RT0015", what));
        }
        return new Route(deployment, version, policy(deployment, target));
    }

    private AttemptPolicy policy(Deployment deployment, InvocationTarget target) {
        return registry.service(deployment.id(), target.service())
                .flatMap(service -> service.handler(target.handler()))
                .map(handler -> AttemptPolicy.of(config, handler))
                .orElseGet(this::defaultPolicy);
    }

    /** The record that binds the invocation to this route; null if it is bound already. */
    private static @Nullable DeploymentPinned binding(Invocation invocation, Route route, AttemptHistory history) {
        return invocation.deployment() == null
                ? new DeploymentPinned(history.attempt(), route.deployment().id(), route.version())
                : null;
    }

    private static AttemptHead attemptHead(Invocation invocation, Route route) {
        return new AttemptHead(
                invocation.id(),
                route.deployment(),
                invocation.target().service(),
                invocation.target().handler(),
                route.version(),
                invocation.target().key(),
                invocation.request().headers(),
                List.of());
    }

    /** The first messages of an attempt, read when they are needed. */
    private final class Replay implements Outflow.Source {
        private final InvocationId id;
        private final AttemptPolicy policy;
        private final AttemptHistory history;
        private final int entries;
        private final long nowMillis;

        private Replay(InvocationId id, AttemptPolicy policy, AttemptHistory history, int entries, long nowMillis) {
            this.id = id;
            this.policy = policy;
            this.history = history;
            this.entries = entries;
            this.nowMillis = nowMillis;
        }

        @Override
        public RawMessage start() {
            long stateBytesMax = Math.min(policy.eagerStateBytesMax(), pools.limitBytes() / 2);
            AttemptReplay replay = AttemptReplay.of(id, tables, stateBytesMax).orElseThrow();
            Invocation invocation = replay.invocation();
            String key = invocation.target().key();
            return MessageCodec.encode(new ControlMessage.Start(
                    id.toBytes(),
                    id.toString(),
                    entries,
                    replay.state(),
                    replay.partialState(),
                    key == null ? "" : key,
                    history.failuresSinceCommand(),
                    history.sinceCommandMillis(nowMillis),
                    invocation.request().randomSeed(),
                    invocation.request().scope(),
                    invocation.request().limitKey(),
                    invocation.request().idempotencyKey()));
        }

        @Override
        public void entries(int fromIndex, int toIndex, Predicate<JournalEntry> visitor) {
            tables.journal().forEach(id, fromIndex, toIndex, visitor);
        }
    }
}
