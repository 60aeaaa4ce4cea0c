package dev.reprise.engine.invoker;

import dev.reprise.engine.EngineConfig;
import dev.reprise.engine.partition.AttemptReplay;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.PartitionRecord.DeploymentPinned;
import dev.reprise.engine.partition.Tables;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens attempts: finds where an invocation runs and how, reads its journal, and sends both. */
final class AttemptOpening {
    private final EngineConfig config;
    private final Registry registry;
    private final CallResolver calls;
    private final DeploymentTransport transport;
    private final Proposals proposals;
    private final Tables tables;

    AttemptOpening(
            EngineConfig config,
            Registry registry,
            CallResolver calls,
            DeploymentTransport transport,
            Proposals proposals,
            Tables tables) {
        this.config = config;
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

    /** Where an invocation runs: a deployment, in a version, by the rules of its revision of the handler. */
    private record Place(Deployment deployment, ProtocolVersion version, AttemptPolicy policy) {}

    /** The invocation, while this attempt has the right to run it. */
    Optional<Invocation> current(AttemptId id) {
        return tables.invocations()
                .get(id.invocationId())
                .filter(invocation -> invocation.status() instanceof InvocationStatus.Invoked(long startLsn, var _)
                        && startLsn == id.startLsn());
    }

    /** Whether this attempt has the right to run and shall not, because somebody asked for a pause. */
    boolean isToHalt(AttemptId id) {
        return current(id)
                .filter(invocation ->
                        invocation.status() instanceof InvocationStatus.Invoked(var _, boolean pause) && pause)
                .isPresent();
    }

    /** Before the handler's revision is known, the engine's own. */
    AttemptPolicy defaultPolicy() {
        return AttemptPolicy.of(config);
    }

    /**
     * Opens an attempt of an invocation that has the right to run.
     *
     * @throws UnopenedException when it has no place to run at
     */
    InvocationAttempt open(
            Invocation invocation, Tries tries, InvocationAttempt.FailureListener failures, long nowMillis) {
        Place place = place(invocation);
        AttemptReplay replay = AttemptReplay.of(
                        invocation.id(), tables, place.policy().eagerStateBytesMax())
                .orElseThrow();
        List<RawMessage> journal = replay.journal();
        tries.opening(place.policy(), place.deployment().id(), nowMillis, proposals.wallMillis());
        InvocationAttempt.Head head = new InvocationAttempt.Head(
                tries,
                invocation.target(),
                invocation.request().headers(),
                place.version(),
                binding(invocation, place, tries),
                journal.size(),
                commands(journal));
        InvocationAttempt attempt = new InvocationAttempt(head, calls, proposals, failures);
        attempt.begin(
                transport.open(attemptHead(invocation, place, journal.getFirst()), attempt.listener()),
                messages(replay, tries, nowMillis),
                nowMillis);
        return attempt;
    }

    private Place place(Invocation invocation) {
        InvocationTarget target = invocation.target();
        Optional<Deployment> found = invocation.deployment() == null
                ? registry.latestDeployment(target.service())
                : registry.deployment(invocation.deployment());
        if (found.isEmpty()) {
            String what = invocation.deployment() == null
                    ? "no deployment serves '" + target.service() + "'; register one"
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
        return new Place(deployment, version, policy(deployment, target));
    }

    private AttemptPolicy policy(Deployment deployment, InvocationTarget target) {
        return registry.service(deployment.id(), target.service())
                .flatMap(service -> service.handler(target.handler()))
                .map(handler -> AttemptPolicy.of(config, handler))
                .orElseGet(this::defaultPolicy);
    }

    /** What binds the invocation to this place; null if it is bound. */
    private static @Nullable DeploymentPinned binding(Invocation invocation, Place place, Tries tries) {
        return invocation.deployment() == null
                ? new DeploymentPinned(tries.attempt(), place.deployment().id(), place.version())
                : null;
    }

    private static int commands(List<RawMessage> journal) {
        return (int) journal.stream()
                .filter(entry -> !MessageType.isNotification(entry.type()))
                .count();
    }

    private static AttemptHead attemptHead(Invocation invocation, Place place, RawMessage input) {
        return new AttemptHead(
                invocation.id(),
                place.deployment(),
                invocation.target().service(),
                invocation.target().handler(),
                place.version(),
                invocation.target().key(),
                input,
                List.of());
    }

    private static List<RawMessage> messages(AttemptReplay replay, Tries tries, long nowMillis) {
        Invocation invocation = replay.invocation();
        String key = invocation.target().key();
        List<RawMessage> messages = new ArrayList<>(replay.journal().size() + 1);
        messages.add(MessageCodec.encode(new ControlMessage.Start(
                invocation.id().toBytes(),
                invocation.id().toString(),
                replay.journal().size(),
                replay.state(),
                replay.partialState(),
                key == null ? "" : key,
                tries.failuresSinceCommand(),
                tries.sinceCommandMillis(nowMillis),
                invocation.request().randomSeed(),
                invocation.request().scope(),
                invocation.request().limitKey(),
                invocation.request().idempotencyKey())));
        messages.addAll(replay.journal());
        return messages;
    }
}
