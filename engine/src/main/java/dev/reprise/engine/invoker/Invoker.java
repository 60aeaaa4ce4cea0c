package dev.reprise.engine.invoker;

import dev.reprise.engine.EngineConfig;
import dev.reprise.engine.invoker.InvocationAttempt.AttemptFailure;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.AttemptReplay;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.Tables;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the attempts of one partition's invocations: at most one for each, at most so many at once, tried again after a
 * failure. Belongs to the partition's thread.
 */
public final class Invoker {
    private static final Logger log = LoggerFactory.getLogger(Invoker.class);

    /** The most of an object's state that is sent along with the start; the rest is read when it is asked for. */
    private static final long EAGER_STATE_BYTES_MAX = 1L << 20;

    private final EngineConfig config;
    private final Registry registry;
    private final CallResolver calls;
    private final DeploymentTransport transport;
    private final Proposals proposals;
    private final Tables tables;

    /** The open attempts, the one that was active last at the end. */
    private final LinkedHashMap<InvocationId, InvocationAttempt> open = new LinkedHashMap<>();
    /** Attempts that wait until there is room. */
    private final Deque<AttemptId> queued = new ArrayDeque<>();
    /** What is remembered of an invocation while it runs or waits to be tried again. */
    private final Map<InvocationId, Tries> tries = new LinkedHashMap<>();
    /** Retries in the order of their times. */
    private final PriorityQueue<Retry> retries = new PriorityQueue<>();

    private final AttemptViews views = new AttemptViews();
    private long retrySequence;

    /** How often an invocation has failed, and how many of its records are on their way through the log. */
    private static final class Tries {
        private int failures;
        private int journalLength;
        private long proposed;
        private long applied;
        private @Nullable TransientError lastError;
    }

    private record Retry(long atMillis, long sequence, AttemptId attempt) implements Comparable<Retry> {
        @Override
        public int compareTo(Retry other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    public Invoker(
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

    /** What people may see of the attempts. Any thread. */
    public AttemptViews views() {
        return views;
    }

    /** Starts an attempt, at once or when there is room. */
    public void start(AttemptId attempt, long nowMillis) {
        close(attempt.invocationId());
        tries.remove(attempt.invocationId());
        views.queued(attempt.invocationId());
        if (open.size() < config.attemptsMax()) {
            openAttempt(attempt, nowMillis);
        } else {
            queued.add(attempt);
        }
    }

    /** A record of an invocation's attempt was applied. */
    public void applied(AttemptId attempt) {
        Tries known = tries.get(attempt.invocationId());
        if (known != null) {
            known.applied++;
        }
    }

    /** A notification was journaled. */
    public void forward(Action.ForwardNotification action, long nowMillis) {
        InvocationAttempt attempt = active(action.invocationId());
        if (attempt != null) {
            attempt.send(action.index(), action.notification(), nowMillis);
        }
    }

    /** A run's result was journaled. */
    public void ackRun(Action.AckRun action, long nowMillis) {
        InvocationAttempt attempt = active(action.invocationId());
        if (attempt != null) {
            RawMessage message = attempt.wantsAck(action.completionId())
                    ? MessageCodec.encode(new ControlMessage.ProposeRunCompletionAck(action.completionId()))
                    : action.notification();
            attempt.send(action.index(), message, nowMillis);
        }
    }

    /** Ends an invocation's attempt, open or waiting. */
    public void abort(InvocationId id) {
        close(id);
        forget(id);
    }

    /** Skips the wait before an invocation's next attempt. */
    public void retryNow(InvocationId id, long nowMillis) {
        Optional<Retry> waiting = retries.stream()
                .filter(retry -> retry.attempt().invocationId().equals(id))
                .findFirst();
        waiting.ifPresent(retry -> {
            retries.remove(retry);
            scheduleRetry(retry.attempt(), nowMillis);
        });
    }

    /** Lets go of attempts that have ended and does what is due. */
    public void tick(long nowMillis) {
        while (!retries.isEmpty() && retries.peek().atMillis() <= nowMillis) {
            retry(retries.remove(), nowMillis);
        }
        while (!queued.isEmpty() && open.size() < config.attemptsMax()) {
            openAttempt(queued.remove(), nowMillis);
        }
        suspendInactive(nowMillis);
    }

    /** When {@link #tick} has something to do next; {@link Long#MAX_VALUE} for never. */
    public long nextWakeUpMillis() {
        long retry = retries.isEmpty() ? Long.MAX_VALUE : retries.peek().atMillis();
        long inactive = open.isEmpty()
                ? Long.MAX_VALUE
                : open.firstEntry().getValue().lastActiveMillis()
                        + config.inactivityTimeout().toMillis();
        return Math.min(retry, Math.max(inactive, 0));
    }

    /** An attempt said its last word and it was applied: it has ended or is suspended. */
    public void ended(AttemptId attempt) {
        InvocationId id = attempt.invocationId();
        InvocationAttempt running = open.get(id);
        if (running != null && running.id().equals(attempt)) {
            open.remove(id);
            running.detach();
            forget(id);
        }
    }

    /** Ends all attempts. */
    public void close() {
        List.copyOf(open.keySet()).forEach(this::close);
        queued.clear();
        retries.clear();
        views.clear();
    }

    private void forget(InvocationId id) {
        tries.remove(id);
        views.remove(id);
    }

    private @Nullable InvocationAttempt active(InvocationId id) {
        InvocationAttempt attempt = open.remove(id);
        if (attempt != null) {
            open.put(id, attempt);
        }
        return attempt;
    }

    private void close(InvocationId id) {
        InvocationAttempt attempt = open.remove(id);
        if (attempt != null) {
            attempt.detach();
        }
        retries.removeIf(retry -> retry.attempt().invocationId().equals(id));
    }

    private void suspendInactive(long nowMillis) {
        long limit = nowMillis - config.inactivityTimeout().toMillis();
        // Half of the room stays free, so that a new invocation need not wait until another has suspended.
        int tooMany = Math.max(queued.size(), open.size() - config.attemptsMax() / 2);
        List<InvocationAttempt> idle = new ArrayList<>();
        for (InvocationAttempt attempt : open.values()) {
            if (attempt.lastActiveMillis() > limit && idle.size() >= tooMany) {
                break;
            }
            idle.add(attempt);
        }
        for (InvocationAttempt attempt : idle) {
            attempt.closeInput();
            if (attempt.lastActiveMillis() <= limit) {
                // Asked once; it goes to the end of the line, so that the next wake-up is the next one's.
                attempt.touch(nowMillis);
                active(attempt.id().invocationId());
            }
        }
    }

    private void openAttempt(AttemptId id, long nowMillis) {
        AttemptReplay replay = AttemptReplay.of(id.invocationId(), tables, EAGER_STATE_BYTES_MAX)
                .orElse(null);
        if (replay == null || !isCurrent(replay.invocation(), id)) {
            return;
        }
        Invocation invocation = replay.invocation();
        Tries known = tries.computeIfAbsent(id.invocationId(), _ -> new Tries());
        if (replay.journal().size() > known.journalLength) {
            known.failures = 0;
            known.journalLength = replay.journal().size();
        }
        Optional<Deployment> deployment = invocation.deployment() == null
                ? registry.latestDeployment(invocation.target().service())
                : registry.deployment(invocation.deployment());
        if (deployment.isEmpty()) {
            backOff(id, AttemptFailure.of(404, "no deployment serves " + invocation.target()), nowMillis);
            return;
        }
        ProtocolVersion version =
                invocation.version() == null ? deployment.get().version() : invocation.version();
        if (invocation.deployment() == null) {
            known.proposed++;
            proposals.propose(
                    new PartitionRecord.DeploymentPinned(id, deployment.get().id(), version), Urgency.SOON);
        }
        InvocationAttempt attempt = new InvocationAttempt(
                id,
                invocation.target(),
                replay.journal().size(),
                version.compareTo(ProtocolVersion.V7) >= 0,
                calls,
                proposals,
                (failed, failure) -> failed(failed, failure));
        open.put(id.invocationId(), attempt);
        views.started(id.invocationId(), deployment.get().id(), nowMillis);
        attempt.opened(
                transport.open(
                        new AttemptHead(
                                id.invocationId(),
                                deployment.get(),
                                invocation.target().service(),
                                invocation.target().handler(),
                                version),
                        attempt),
                nowMillis);
        attempt.sendAll(messages(replay, known, nowMillis));
    }

    private static boolean isCurrent(Invocation invocation, AttemptId id) {
        return invocation.status() instanceof InvocationStatus.Invoked(long startLsn) && startLsn == id.startLsn();
    }

    private static List<RawMessage> messages(AttemptReplay replay, Tries known, long nowMillis) {
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
                known.failures,
                Math.max(0, nowMillis - replay.lastAppendMillis()),
                invocation.request().randomSeed(),
                invocation.request().scope(),
                invocation.request().limitKey(),
                invocation.request().idempotencyKey())));
        messages.addAll(replay.journal());
        return messages;
    }

    private void failed(InvocationAttempt attempt, AttemptFailure failure) {
        InvocationId id = attempt.id().invocationId();
        if (open.get(id) != attempt) {
            return;
        }
        open.remove(id);
        Tries known = tries.computeIfAbsent(id, _ -> new Tries());
        known.proposed += attempt.detach();
        backOff(attempt.id(), failure, proposals.nowMillis());
    }

    private void backOff(AttemptId id, AttemptFailure failure, long nowMillis) {
        Tries known = tries.computeIfAbsent(id.invocationId(), _ -> new Tries());
        known.failures++;
        TransientError error = failure.error();
        views.failed(id.invocationId(), error);
        log.warn("attempt {} of {} failed: {} {}", known.failures, id.invocationId(), error.code(), error.message());
        int max = config.retryMaxAttempts();
        boolean exhausted = max > 0 && known.failures >= max;
        if (exhausted || failure.behavior() != ErrorBehavior.RETRY) {
            boolean pause = failure.behavior() != ErrorBehavior.FAIL;
            proposals.propose(new PartitionRecord.AttemptsExhausted(id, error, pause), Urgency.NOW);
            return;
        }
        if (known.lastError == null || !known.lastError.isSameAs(error)) {
            known.lastError = error;
            known.proposed++;
            proposals.propose(new PartitionRecord.AttemptFailed(id, error), Urgency.SOON);
        }
        Long asked = failure.retryDelayMillis();
        scheduleRetry(id, nowMillis + (asked != null ? asked : delayMillis(known.failures)));
    }

    private long delayMillis(int failures) {
        long initial = config.retryInitialDelay().toMillis();
        return Math.min(config.retryMaxDelay().toMillis(), initial << Math.min(failures - 1, 20));
    }

    private void scheduleRetry(AttemptId id, long atMillis) {
        retries.add(new Retry(atMillis, retrySequence++, id));
        views.waits(id.invocationId(), atMillis);
    }

    /** A new attempt must see everything the one before it said. */
    private void retry(Retry retry, long nowMillis) {
        Tries known = tries.get(retry.attempt().invocationId());
        if (known != null && known.applied < known.proposed) {
            scheduleRetry(retry.attempt(), nowMillis + 1);
        } else {
            openAttempt(retry.attempt(), nowMillis);
        }
    }
}
