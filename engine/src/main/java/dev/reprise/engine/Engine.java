package dev.reprise.engine;

import dev.reprise.engine.call.Call;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogHealth;
import dev.reprise.engine.partition.DeploymentChoice;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.partition.reads.BlockedInvocations;
import dev.reprise.engine.processor.PartitionProcessor;
import dev.reprise.engine.processor.ResponseRegistry;
import dev.reprise.engine.processor.ResponseRegistry.Waiting;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.response.ResponseHeldBackException;
import dev.reprise.engine.response.ResponseRoom;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.views.EngineViews;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable execution engine: accepts invocations, runs their handlers over a transport, and records every step.
 *
 * <p>It answers only when everything that the answer rests on is durable. After a crash, an accepted invocation
 * continues when an engine is started on the same log and store. Any thread.
 */
public final class Engine implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Engine.class);

    private final Log log;
    private final Store store;
    private final Registry registry;
    private final CallResolver calls;
    private final ResponseRegistry responses;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Partitions partitions;

    private Engine(EngineConfig config, EngineParts parts) {
        this.log = parts.log();
        this.store = parts.store();
        this.registry = parts.registry();
        this.calls = new CallResolver(registry, config, parts.clock(), parts.random());
        this.responses = new ResponseRegistry(parts.random().nextLong());
        this.clock = parts.clock();
        this.random = parts.random();
        this.partitions = new Partitions(config, parts, calls, responses);
    }

    /** Starts an engine. It takes over the log and the store, and closes them when it is closed or cannot start. */
    public static Engine start(EngineConfig config, EngineParts parts) {
        Engine engine;
        try {
            engine = new Engine(config, parts);
        } catch (RuntimeException e) {
            try {
                closeFiles(parts.log(), parts.store());
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
        engine.partitions.start();
        return engine;
    }

    public Registry registry() {
        return registry;
    }

    /**
     * Calls a handler. The future completes with {@link Response.Completed} or {@link Response.Failed}, or with {@link
     * Response.Refused} when the disk has too little room left to begin anything.
     *
     * @throws UnresolvedCallException when the call cannot be made
     */
    public CompletableFuture<Response> call(Call call) {
        return calling(call).response();
    }

    /**
     * As {@link #call(Call)}, of a handler in the registry; fails with {@link ResponseHeldBackException} without room.
     */
    public CompletableFuture<Response> call(Call call, HandlerDescriptor handler, ResponseRoom room) {
        return calling(call, handler, room).response();
    }

    /**
     * A call, and the invocation that it waits for.
     *
     * @param response as of {@link Engine#call(Call)}
     */
    public record Calling(InvocationId invocationId, CompletableFuture<Response> response) {}

    /**
     * As {@link #call(Call)}, and says at once which invocation the call waits for.
     *
     * @throws UnresolvedCallException when the call cannot be made
     */
    public Calling calling(Call call) {
        return calling(call, calls.handlerOf(call), ResponseRoom.ANY);
    }

    private Calling calling(Call call, HandlerDescriptor handler, ResponseRoom room) {
        Waiting waiting = responses.newRequest(room);
        InvocationRequest request =
                calls.resolve(call, handler, Origin.Client.INSTANCE, new ResponseSink.Client(waiting.id()), null);
        return new Calling(request.id(), invoke(waiting, request));
    }

    /**
     * Calls a handler now or later without a result. Completes with {@link Response.Accepted} once that is durable.
     *
     * @throws UnresolvedCallException when the call cannot be made
     */
    public CompletableFuture<Response> send(Call call) {
        return send(call, calls.handlerOf(call));
    }

    /** As {@link #send(Call)}, for a handler that the caller has found in the registry. */
    public CompletableFuture<Response> send(Call call, HandlerDescriptor handler) {
        Waiting waiting = responses.newRequest();
        return invoke(waiting, calls.resolve(call, handler, Origin.Client.INSTANCE, null, waiting.id()));
    }

    private CompletableFuture<Response> invoke(Waiting waiting, InvocationRequest request) {
        return refusal(request.id())
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> ask(partitions.of(request.id()), waiting, new PartitionRecord.Invoke(request)));
    }

    /** Why no invocation may begin: those that have begun need the remaining room, and may free some. */
    private Optional<Response> refusal(InvocationId id) {
        return log.health()
                .shortage()
                .or(partitions.processors().get(partitions.of(id))::waitsFor)
                .map(shortage -> new Response.Refused(
                        id,
                        EngineException.UNAVAILABLE,
                        "Nothing was accepted: " + shortage + ". What was accepted before goes on."));
    }

    /** Waits for an invocation's result; {@link Response.NotFound} if there is no such invocation. */
    public CompletableFuture<Response> attach(InvocationReference reference) {
        return attach(reference, ResponseRoom.ANY);
    }

    /** As {@link #attach(InvocationReference)}; fails with {@link ResponseHeldBackException} if there is no room. */
    public CompletableFuture<Response> attach(InvocationReference reference, ResponseRoom room) {
        return result(reference, true, room);
    }

    /** Looks at an invocation's result; {@link Response.NotReady} if it has none yet. */
    public CompletableFuture<Response> output(InvocationReference reference) {
        return output(reference, ResponseRoom.ANY);
    }

    /** As {@link #output(InvocationReference)}; fails with {@link ResponseHeldBackException} if there is no room. */
    public CompletableFuture<Response> output(InvocationReference reference, ResponseRoom room) {
        return result(reference, false, room);
    }

    private CompletableFuture<Response> result(
            InvocationReference reference, boolean untilCompleted, ResponseRoom room) {
        InvocationId id = InvocationId.of(reference);
        Waiting waiting = responses.newRequest(room);
        CompletableFuture<Response> response = ask(
                partitions.of(id),
                waiting,
                new PartitionRecord.AttachRequested(id, new ResponseSink.Client(waiting.id()), untilCompleted));
        var _ = response.whenComplete((_, _) -> {
            if (response.isCancelled()) {
                withdraw(new PartitionRecord.AttachWithdrawn(id, waiting.id()));
            }
        });
        return response;
    }

    private void withdraw(PartitionRecord.AttachWithdrawn record) {
        try {
            partitions.processors().get(partitions.of(record.target())).propose(record, Urgency.SOON);
        } catch (LogException e) {
            logger.debug("the log does not take that a client has gone", e);
        }
    }

    /** Sends a signal; {@link Response.Done}, or {@link Response.NotFound} if there is no such invocation. */
    public CompletableFuture<Response> signal(InvocationId target, NotificationId signal, Result result) {
        return request(target, (id, waiting) -> new PartitionRecord.SignalSent(id, signal, result, waiting.id()));
    }

    /** Completes an awakeable with a value or a failure. */
    public CompletableFuture<Response> completeAwakeable(AwakeableId awakeable, Result result) {
        return signal(awakeable.invocationId(), new NotificationId.SignalIndex(awakeable.signalIndex()), result);
    }

    /** Cancels an invocation: its handler gets an exception where it awaits. */
    public CompletableFuture<Response> cancel(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.CancelRequested(id, waiting.id()));
    }

    /** Ends an invocation and those it called, without asking its handler. */
    public CompletableFuture<Response> kill(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.KillRequested(id, waiting.id()));
    }

    /** Forgets a completed invocation. */
    public CompletableFuture<Response> purge(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.PurgeRequested(id, false, waiting.id()));
    }

    /** Forgets the journal of a completed invocation; its result stays. */
    public CompletableFuture<Response> purgeJournal(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.PurgeRequested(id, true, waiting.id()));
    }

    /** Stops an invocation's attempts until it is resumed. */
    public CompletableFuture<Response> pause(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.PauseRequested(id, waiting.id()));
    }

    /**
     * Lets a paused, suspended or waiting invocation run now.
     *
     * @param deployment where it continues, whatever it is bound to; null for the deployment it is bound to
     */
    public CompletableFuture<Response> resume(InvocationId target, @Nullable DeploymentId deployment) {
        return on(
                target,
                deployment,
                (chosen, waiting) -> new PartitionRecord.ResumeRequested(target, chosen, waiting.id()));
    }

    /**
     * Runs a completed invocation again, as a new one with the same target and input; {@link Response.Accepted} has its
     * id. A workflow's run is refused.
     *
     * @param journalPrefix the last entry of the old journal that the new one starts with; 0 for the input alone
     * @param deployment where it runs; null for where the old one ran
     */
    public CompletableFuture<Response> restartAsNew(
            InvocationId target, int journalPrefix, @Nullable DeploymentId deployment) {
        Optional<Response> refusal = refusal(target);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        InvocationId newId =
                InvocationId.fresh(target.partitionKey(), clock.millis(), random.nextLong(), random.nextLong());
        long seed = random.nextLong();
        return on(
                target,
                deployment,
                (chosen, waiting) ->
                        new PartitionRecord.RestartRequested(target, newId, journalPrefix, chosen, seed, waiting.id()));
    }

    private CompletableFuture<Response> on(
            InvocationId target,
            @Nullable DeploymentId deployment,
            BiFunction<@Nullable DeploymentChoice, Waiting, PartitionRecord> record) {
        if (deployment == null) {
            return request(target, (_, waiting) -> record.apply(null, waiting));
        }
        Optional<DeploymentChoice> chosen = registry.deployment(deployment)
                .map(found -> new DeploymentChoice(deployment, found.oldestVersion(), found.version()));
        if (chosen.isEmpty()) {
            String reason = "The given deployment was not found: '" + deployment + "'.";
            return CompletableFuture.completedFuture(new Response.Refused(target, 400, reason));
        }
        return request(target, (_, waiting) -> record.apply(chosen.get(), waiting));
    }

    /**
     * Replaces the whole state of a virtual object or a workflow, when its turn comes; {@link Response.Refused} if the
     * state does not have the expected version by then.
     *
     * @param expectedVersion see the version that SQL shows; null for any
     */
    public CompletableFuture<Response> modifyState(
            String service,
            String key,
            @Nullable String scope,
            Map<Bytes, Bytes> state,
            @Nullable String expectedVersion) {
        ObjectId object = new ObjectId(service, key, scope);
        Waiting waiting = responses.newRequest();
        return ask(
                partitions.of(object.partitionKey()),
                waiting,
                new PartitionRecord.ModifyStateRequested(object, state, expectedVersion, waiting.id()));
    }

    /**
     * Commits all applied changes for the {@link #views() views}. Waits for each partition's thread, and must not run
     * on one.
     */
    public void commit() {
        for (PartitionProcessor processor : partitions.processors()) {
            try {
                processor.read(PartitionProcessor::commit).join();
            } catch (CompletionException e) {
                logger.debug("a partition commits nothing any more", e);
            }
        }
    }

    /** How long invocations are kept after their end in ms: each time that handlers and defaults name. */
    public NavigableSet<Long> retentionsMillis() {
        return calls.retentionsMillis();
    }

    /** The engine as our own modules look at it. */
    @SuppressWarnings("exports") // only our own modules can see the type, and they are who needs it
    public EngineViews views() {
        return partitions.views();
    }

    /** How many partitions have stopped because of a failure, and wait until an engine is started again. Any thread. */
    public int stoppedPartitions() {
        return partitions.stopped().size();
    }

    /** The engine's health. Cheap; any thread. */
    public EngineHealth health() {
        LogHealth ofLog = log.health();
        List<String> stopped = new ArrayList<>();
        ofLog.failure().ifPresent(stopped::add);
        partitions.stopped().forEach((number, cause) -> stopped.add("partition " + number + " has stopped: " + cause));
        List<String> waiting = new ArrayList<>();
        ofLog.stall().ifPresent(waiting::add);
        int number = 0;
        for (PartitionProcessor processor : partitions.processors()) {
            String name = "partition " + number++ + " waits: ";
            processor.waitsFor().ifPresent(room -> waiting.add(name + room));
        }
        return new EngineHealth(stopped, waiting, ofLog.shortage().or(waiting.stream()::findFirst));
    }

    private CompletableFuture<Response> request(
            InvocationId target, BiFunction<InvocationId, Waiting, PartitionRecord> record) {
        Waiting waiting = responses.newRequest();
        return ask(partitions.of(target), waiting, record.apply(target, waiting));
    }

    /**
     * Proposes nothing to a stopped partition: its client gets a failure, and yet the record might be applied later.
     */
    private CompletableFuture<Response> ask(int partition, Waiting waiting, PartitionRecord record) {
        Optional<String> backlog = log.health().backlog();
        if (backlog.isPresent()) {
            return CompletableFuture.failedFuture(
                    new EngineException(EngineException.UNAVAILABLE, "nothing was accepted: " + backlog.get()));
        }
        responses.expect(partition, waiting);
        if (!waiting.response().isDone()) {
            try {
                partitions.processors().get(partition).propose(record, Urgency.NOW);
            } catch (LogException e) {
                logger.debug("the log does not take a request", e);
                responses.fail(
                        waiting.id(), new EngineException(EngineException.UNAVAILABLE, String.valueOf(e.getMessage())));
            }
        }
        return waiting.response();
    }

    /** The paused invocations, up to a limit. Waits for each partition's thread. Not to be called on one. */
    public List<InvocationId> paused(int max) {
        return partitions.processors().stream()
                .flatMap(processor ->
                        processor.read(read -> BlockedInvocations.paused(read.tables(), max)).join().stream())
                .limit(max)
                .toList();
    }

    /** The invocations that cannot continue before this one has ended, for instance its callers; up to a limit. */
    public CompletableFuture<List<InvocationId>> waitingOn(InvocationId id, int max) {
        return read(id, tables -> BlockedInvocations.on(tables, id, max));
    }

    /** An invocation's journal, in order; empty if there is none. */
    public CompletableFuture<List<RawMessage>> journal(InvocationId id) {
        return read(id, tables -> tables.journal().entries(id));
    }

    /**
     * How far everything has come, read on the partitions' own threads. If two readings are equal and no attempt was in
     * flight between them, nothing will happen until time passes or a request comes. Tests with a clock of their own
     * rely on that.
     *
     * @param appliedRecords how many records were applied, over all partitions
     * @param nextWakeUpMillis when the clock makes something due, in milliseconds since the epoch;
     *     {@link Long#MAX_VALUE} for never
     * @param waitingRequests how many requests have not been answered
     */
    public record Progress(long appliedRecords, long nextWakeUpMillis, int waitingRequests) {}

    /** How far everything has come. Waits for each partition's thread. Not to be called on one. */
    public Progress progress() {
        return partitions.progress(responses.waiting());
    }

    /** The last record that each partition has applied, in their order; one that has stopped does not answer. */
    public List<CompletableFuture<Long>> appliedLsns() {
        return partitions.appliedLsns();
    }

    private <T> CompletableFuture<T> read(InvocationId id, Function<PartitionTables, T> reading) {
        return partitions.processors().get(partitions.of(id)).read(processor -> reading.apply(processor.tables()));
    }

    /**
     * Begins no more attempts and lets the open ones come to an end: a handler that waits suspends, and a run that is
     * executing ends and is recorded. To be called before {@link #close}, and not by the engine's own handlers.
     *
     * @param grace how long to wait for that
     * @return whether all have ended
     */
    public boolean drain(Duration grace) {
        return partitions.drain(grace);
    }

    /** Ends all attempts and closes log and store. Unfinished invocations continue when an engine is started again. */
    @Override
    public void close() {
        partitions.stop();
        closeFiles(log, store);
    }

    @SuppressWarnings("EmptyTryBlock") // closes both, whatever one of them says
    private static void closeFiles(Log log, Store store) {
        try (store;
                log) {}
    }
}
