package dev.reprise.engine;

import dev.reprise.engine.invoker.CallResolver;
import dev.reprise.engine.invoker.CallResolver.CallSpec;
import dev.reprise.engine.invoker.DeploymentTransport;
import dev.reprise.engine.invoker.Invoker;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.partition.Action.Response;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationReferences;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionStateMachine;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.Tables;
import dev.reprise.engine.processor.PartitionProcessor;
import dev.reprise.engine.processor.PartitionThread;
import dev.reprise.engine.processor.ResponseRegistry;
import dev.reprise.engine.processor.ResponseRegistry.Waiting;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.store.KeyValueStore;
import dev.reprise.engine.store.Store;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable execution engine: takes invocations, runs their handlers over a transport, and keeps every step.
 *
 * <p>An answer is given only when what it rests on is durable: after a crash, an accepted invocation goes on when an
 * engine is started on the same log and store. Any thread.
 */
public final class Engine implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Engine.class);
    private static final long FLUSH_EVERY_BYTES = 64L << 20;

    private final Log log;
    private final Store store;
    private final Registry registry;
    private final Partitioning partitioning;
    private final CallResolver calls;
    private final ResponseRegistry responses;
    private final List<PartitionProcessor> processors = new ArrayList<>();
    private final List<PartitionThread> threads = new ArrayList<>();
    private final ExecutorService flusher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("reprise-flusher").factory());

    private Engine(
            EngineConfig config,
            Registry registry,
            Log log,
            Store store,
            DeploymentTransport transport,
            InstantSource clock,
            RandomGenerator random) {
        this.log = log;
        this.store = store;
        this.registry = registry;
        this.partitioning = new Partitioning(config.partitions());
        this.calls = new CallResolver(registry, config, random);
        this.responses = new ResponseRegistry(random.nextLong());
        for (int partition = 0; partition < config.partitions(); partition++) {
            add(partition, config, transport, clock);
        }
    }

    /**
     * Starts an engine. It takes over the log and the store and closes them with itself.
     *
     * @param registry the services that can be invoked; may grow later
     * @param transport how handlers are reached
     * @param random draws ids and seeds; must be safe for any thread
     */
    public static Engine start(
            EngineConfig config,
            Registry registry,
            Log log,
            Store store,
            DeploymentTransport transport,
            InstantSource clock,
            RandomGenerator random) {
        Engine engine = new Engine(config, registry, log, store, transport, clock, random);
        for (int i = 0; i < engine.threads.size(); i++) {
            engine.threads.get(i).start(engine.processors.get(i));
        }
        return engine;
    }

    private void add(int partition, EngineConfig config, DeploymentTransport transport, InstantSource clock) {
        KeyValueStore rows = store.partition(partition);
        Tables tables = new Tables(rows);
        PartitionThread thread = new PartitionThread(
                partition, clock, () -> flushIfDue(partition, rows), (_, cause) -> stopped(partition, cause));
        threads.add(thread);
        processors.add(new PartitionProcessor(
                partition,
                log,
                new PartitionStateMachine(partition, partitioning),
                tables,
                proposals -> new Invoker(config, registry, calls, transport, proposals, tables),
                responses,
                (destination, record) -> processors.get(destination).propose(record, Urgency.NOW),
                clock,
                thread::wakeUp));
    }

    private void flushIfDue(int partition, KeyValueStore rows) {
        PartitionProcessor processor = processors.get(partition);
        if (processor.appliedBytes() >= FLUSH_EVERY_BYTES) {
            processor.resetAppliedBytes();
            long lsn = processor.tables().appliedLsn();
            flusher.execute(() -> {
                rows.flush();
                log.trim(partition, lsn);
            });
        }
    }

    private void stopped(int partition, Throwable cause) {
        logger.error("partition {} has stopped; its files are as they were", partition, cause);
        responses.failAll(new EngineException(503, "partition " + partition + " has stopped: " + cause));
    }

    public Registry registry() {
        return registry;
    }

    /**
     * Calls a handler. The future completes with {@link Response.Completed} or {@link Response.Failed}.
     *
     * @throws CallResolver.UnresolvedCallException when the call cannot be made
     */
    public CompletableFuture<Response> call(CallSpec call) {
        Waiting waiting = responses.register();
        propose(calls.resolve(call, null, new ResponseSink.Client(waiting.id()), null));
        return waiting.response();
    }

    /**
     * Lets a handler be called, now or later. The future completes with {@link Response.Accepted} once that is durable.
     *
     * @throws CallResolver.UnresolvedCallException when the call cannot be made
     */
    public CompletableFuture<Response> send(CallSpec call) {
        Waiting waiting = responses.register();
        propose(calls.resolve(call, null, null, waiting.id()));
        return waiting.response();
    }

    private void propose(InvocationRequest request) {
        propose(request.id(), new PartitionRecord.Invoke(request));
    }

    /** Waits for an invocation's result; {@link Response.NotFound} if there is no such invocation. */
    public CompletableFuture<Response> attach(InvocationReference reference) {
        return result(reference, true);
    }

    /** Looks at an invocation's result; {@link Response.NotReady} if it has none yet. */
    public CompletableFuture<Response> output(InvocationReference reference) {
        return result(reference, false);
    }

    private CompletableFuture<Response> result(InvocationReference reference, boolean untilCompleted) {
        InvocationId id = InvocationReferences.resolve(reference);
        Waiting waiting = responses.register();
        propose(id, new PartitionRecord.AttachRequested(id, new ResponseSink.Client(waiting.id()), untilCompleted));
        return waiting.response();
    }

    /** Sends a signal; {@link Response.Done}, or {@link Response.NotFound} if nobody is there to get it. */
    public CompletableFuture<Response> signal(InvocationId target, NotificationId signal, Result result) {
        return request(target, (id, waiting) -> new PartitionRecord.SignalSent(id, signal, result, waiting.id()));
    }

    /** Completes an awakeable with a value or a failure. */
    public CompletableFuture<Response> completeAwakeable(AwakeableId awakeable, Result result) {
        return signal(awakeable.invocationId(), new NotificationId.SignalIndex(awakeable.signalIndex()), result);
    }

    public CompletableFuture<Response> cancel(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.CancelRequested(id, waiting.id()));
    }

    public CompletableFuture<Response> kill(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.KillRequested(id, waiting.id()));
    }

    public CompletableFuture<Response> purge(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.PurgeRequested(id, false, waiting.id()));
    }

    public CompletableFuture<Response> pause(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.PauseRequested(id, waiting.id()));
    }

    public CompletableFuture<Response> resume(InvocationId target) {
        return request(target, (id, waiting) -> new PartitionRecord.ResumeRequested(id, null, waiting.id()));
    }

    private CompletableFuture<Response> request(
            InvocationId target, BiFunction<InvocationId, Waiting, PartitionRecord> record) {
        Waiting waiting = responses.register();
        propose(target, record.apply(target, waiting));
        return waiting.response();
    }

    private void propose(InvocationId target, PartitionRecord record) {
        processors.get(partitioning.partitionOf(target)).propose(record, Urgency.NOW);
    }

    /** What is known of an invocation. */
    public CompletableFuture<Optional<Invocation>> invocation(InvocationId id) {
        return read(id, tables -> tables.invocations().get(id));
    }

    /** An invocation's journal, in order; empty if there is none. */
    public CompletableFuture<List<RawMessage>> journal(InvocationId id) {
        return read(id, tables -> tables.journal().entries(id));
    }

    private <T> CompletableFuture<T> read(InvocationId id, Function<Tables, T> reading) {
        PartitionProcessor processor = processors.get(partitioning.partitionOf(id));
        CompletableFuture<T> result = new CompletableFuture<>();
        processor.execute(() -> result.complete(reading.apply(processor.tables())));
        return result;
    }

    /** Ends all attempts and closes the log and the store. What runs goes on when an engine is started again. */
    @Override
    public void close() {
        threads.forEach(PartitionThread::stop);
        flusher.close();
        log.close();
        store.close();
        responses.failAll(new EngineException(503, "the engine was closed"));
    }
}
