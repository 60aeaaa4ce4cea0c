package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.DurablePromise;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.Request;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Saga;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.ServiceClient;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.closure.RunStep;
import dev.reprise.sdk.promise.Decoder;
import dev.reprise.sdk.report.LogContext;
import dev.reprise.sdk.report.ReplayAwareLogger;
import dev.reprise.sdk.run.StepAction;
import dev.reprise.sdk.scope.BranchScope;
import dev.reprise.sdk.scope.Hedge;
import dev.reprise.sdk.scope.ItemMap;
import dev.reprise.sdk.scope.Opener;
import dev.reprise.sdk.scope.Retry;
import dev.reprise.sdk.scope.UndoLog;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import dev.reprise.sdk.vm.InvocationStateMachine;
import dev.reprise.sdk.vm.StateRead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context of one attempt, for every kind of handler; the type of context that a handler receives hides what it may
 * not do. Each method issues one command to the state machine, and makes a promise of its notification.
 */
final class HandlerContext implements WorkflowContext, Opener {
    private final HandlerAttempt attempt;
    private final TaskThread task;
    private final HandlerRequest request;
    private final RunStep.Scene scene;
    private final SeededRandom random;
    private final HandlerCalls calls;

    HandlerContext(HandlerAttempt attempt, TaskThread task, HandlerRequest request, LogContext logContext) {
        this.attempt = attempt;
        this.task = task;
        this.request = request;
        this.scene = new RunStep.Scene(attempt.mailbox(), attempt.setup().clock(), logContext);
        this.random = new SeededRandom(request.invocation().randomSeed(), task.path(), this::checkDraw);
        this.calls = new HandlerCalls(this);
    }

    /** The context of a branch. */
    HandlerContext of(BranchThread<?> branch) {
        return new HandlerContext(attempt, branch, request, logContext().ofBranch(branch.label()));
    }

    private void checkDraw() {
        checkAccess();
        attempt.setup().watch().drawn();
    }

    /** Throws unless its task is running, since no other may use it. */
    private void checkAccess() {
        attempt.checkAccess();
        if (!attempt.graph().isActing(task)) {
            throw new IllegalStateException(
                    "Expected the context of " + named(task) + " to be used by it alone, found it"
                            + " used by " + named((TaskThread) attempt.graph().current())
                            + ". The function of a branch is given a context of its own: use that one in it.");
        }
    }

    private static String named(TaskThread task) {
        return task.isBranch() ? "branch " + task.label() : "the handler";
    }

    /** Issues a command. */
    <R> R issue(Function<InvocationStateMachine, R> command) {
        checkAccess();
        return attempt.issue(command);
    }

    /** Issues a command that returns nothing. */
    void perform(Consumer<InvocationStateMachine> command) {
        checkAccess();
        attempt.perform(command);
    }

    /** A promise of the notification that a command announced. */
    <T extends @Nullable Object> RestatePromise<T> promise(
            Decoder<T> decoder, Function<InvocationStateMachine, ? extends NotificationId> command) {
        return attempt.graph().promise(issue(command), decoder);
    }

    HandlerAttempt attempt() {
        return attempt;
    }

    TaskThread task() {
        return task;
    }

    LogContext logContext() {
        return scene.logContext();
    }

    /** Serializes values that have no serde of their own. */
    SerdeFactory serdes() {
        return attempt.setup().serdes();
    }

    /** {@code value}, serialized as its own class. */
    Bytes serialize(Object value) {
        Objects.requireNonNull(value, "Expected a value, found null. For no value at all pass Serde.none() beside it.");
        return serializeAs(value.getClass(), value);
    }

    @SuppressWarnings("unchecked") // the class is the value's own
    private <T> Bytes serializeAs(Class<T> type, Object value) {
        return serdes().createWriter(type).serialize((T) value);
    }

    @Override
    public Request request() {
        return request;
    }

    // -- steps

    @Override
    public <T extends @Nullable Object> RestatePromise<T> runAsync(
            RunOptions options, TypeDescriptor<T> result, StepAction<? extends T> action) {
        Objects.requireNonNull(result, "the type of a run's result");
        Objects.requireNonNull(action, "the closure of a run");
        Serde<T> serde = result.serde(serdes());
        RunStep<T> step = new RunStep<>(options, serde, action, scene);
        CompletionId run = issue(machine -> attempt.runs().begin(step));
        RestatePromise<T> promise = attempt.graph()
                .ofRun(
                        run,
                        Decoders.value("The result of run", options.name(), serde),
                        () -> attempt.runs().abandon(run));
        return attempt.made().made("run", options.name(), promise);
    }

    @Override
    public <T> RestatePromise<T> runAsync(RunOptions options, Class<T> result, StepAction<? extends T> action) {
        return runAsync(options, serdes().create(result), action);
    }

    // -- time and randomness

    @Override
    public RestatePromise<@Nullable Void> timer(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Expected a duration of zero or more, found " + duration + ".");
        }
        Objects.requireNonNull(name, "the name of a timer; an empty one is for none");
        WellFormed.require("name of a timer", name);
        long wakeUpTimeMillis = Times.millisAfter(attempt.setup().clock(), duration);
        RestatePromise<@Nullable Void> timer =
                promise(Decoders.nothing(), machine -> machine.sleep(wakeUpTimeMillis, name));
        return attempt.made().made("timer", name, timer);
    }

    @Override
    public Instant now() {
        return run("now", Times.INSTANT, attempt.setup().clock()::instant);
    }

    @Override
    public RandomGenerator random() {
        checkAccess();
        return random;
    }

    @Override
    public UUID uuid() {
        return random.nextUuid();
    }

    // -- calls

    @Override
    public <S> ServiceClient<S> service(Class<S> type) {
        return HandlerClient.service(calls, type);
    }

    @Override
    public <S> ServiceClient<S> object(Class<S> type, String key) {
        return HandlerClient.object(calls, type, key);
    }

    @Override
    public <S> ServiceClient<S> workflow(Class<S> type, String key) {
        return HandlerClient.workflow(calls, type, key);
    }

    @Override
    public <P extends @Nullable Object, T extends @Nullable Object> CallPromise<T> call(
            Target target, TypeDescriptor<P> parameter, P argument, TypeDescriptor<T> result, CallOptions options) {
        Bytes bytes = parameter.serde(serdes()).serialize(argument);
        return calls.call(target, options, bytes, result.serde(serdes()), false);
    }

    @Override
    public <T> CallPromise<T> call(Target target, Object argument, Class<T> result, CallOptions options) {
        return calls.call(target, options, serialize(argument), serdes().create(result), false);
    }

    @Override
    public <T extends @Nullable Object> CallPromise<T> call(
            Target target, Object argument, TypeDescriptor<T> result, CallOptions options) {
        return calls.call(target, options, serialize(argument), result.serde(serdes()), false);
    }

    @Override
    public <P extends @Nullable Object> InvocationHandle send(
            Target target, TypeDescriptor<P> parameter, P argument, SendOptions options) {
        return calls.send(target, options, parameter.serde(serdes()).serialize(argument));
    }

    @Override
    public InvocationHandle send(Target target, Object argument, SendOptions options) {
        return calls.send(target, options, serialize(argument));
    }

    // -- other invocations

    @Override
    public InvocationHandle invocation(String invocationId) {
        WellFormed.require("id of an invocation", Objects.requireNonNull(invocationId, "the id of an invocation"));
        return new HandlerInvocation(this, RestatePromise.resolve(invocationId));
    }

    @Override
    public <T> Awakeable<T> awakeable(Class<T> type) {
        return awakeable(serdes().create(type));
    }

    @Override
    public <T extends @Nullable Object> Awakeable<T> awakeable(TypeDescriptor<T> type) {
        Serde<T> serde = type.serde(serdes());
        var created = issue(InvocationStateMachine::createAwakeable);
        RestatePromise<T> value = attempt.graph()
                .promise(created.signal(), Decoders.value("The value of awakeable", created.id(), serde));
        return new Awakeable<>(created.id(), attempt.made().made("awakeable", "", value));
    }

    @Override
    public Awakeable.Handle awakeableHandle(String awakeableId) {
        Objects.requireNonNull(awakeableId, "the id of an awakeable");
        return new HandlerAwakeable(this, WellFormed.require("id of an awakeable", awakeableId));
    }

    @Override
    public <T> RestatePromise<T> signal(String name, Class<T> type) {
        return signal(name, serdes().create(type));
    }

    @Override
    public <T extends @Nullable Object> RestatePromise<T> signal(String name, TypeDescriptor<T> type) {
        WellFormed.require("name of a signal", Objects.requireNonNull(name, "the name of a signal"));
        Serde<T> serde = type.serde(serdes());
        RestatePromise<T> signal =
                promise(Decoders.value("The value of signal", name, serde), machine -> machine.signal(name));
        return attempt.made().made("signal", name, signal);
    }

    // -- state and promises

    @Override
    public String key() {
        return request.invocation().key();
    }

    @Override
    public <T> Optional<T> get(StateKey<T> key) {
        return read(
                Decoders.optional("The value of state key", key, key.serde(serdes())),
                machine -> machine.getState(key.name()));
    }

    @Override
    public List<String> stateKeys() {
        return read(Decoders.stateKeys(), InvocationStateMachine::getStateKeys);
    }

    private <T> T read(Decoder<T> decoder, Function<InvocationStateMachine, StateRead> command) {
        return switch (issue(command)) {
            case StateRead.Known(var result) -> decoder.decode(result);
            case StateRead.Pending(var id) -> {
                RestatePromise<T> answer = attempt.graph().fact(id, decoder);
                attempt.takeOnly(id, answer);
                yield answer.await();
            }
        };
    }

    @Override
    public <T> void set(StateKey<T> key, T value) {
        Objects.requireNonNull(
                value, () -> "Expected a value for state key " + key + ", found null. To remove the key, use clear.");
        Bytes bytes = key.serde(serdes()).serialize(value);
        perform(machine -> machine.setState(key.name(), bytes));
    }

    @Override
    public void clear(StateKey<?> key) {
        perform(machine -> machine.clearState(key.name()));
    }

    @Override
    public void clearAll() {
        perform(InvocationStateMachine::clearAllState);
    }

    @Override
    public <T> DurablePromise<T> promise(String name, Class<T> type) {
        return promise(name, serdes().create(type));
    }

    @Override
    public <T extends @Nullable Object> DurablePromise<T> promise(String name, TypeDescriptor<T> type) {
        Objects.requireNonNull(name, "the name of a promise");
        return new HandlerPromise<>(this, WellFormed.require("name of a promise", name), type.serde(serdes()));
    }

    // -- branches

    @Override
    public <T extends @Nullable Object> Branch<T> fork(String name, Branch.Body<T> body) {
        return fork("", name, body, settled -> {});
    }

    @Override
    public <T extends @Nullable Object> Branch<T> fork(
            String scope, String name, Branch.Body<T> body, Consumer<Branch<T>> whenSettled) {
        WellFormed.require("name of a branch", Objects.requireNonNull(name, "the name of a branch"));
        Objects.requireNonNull(body, "what a branch does");
        checkAccess();
        return attempt.made()
                .made(
                        "branch",
                        name,
                        attempt.branches().fork(this, new BranchThread.Name(scope, name), body, whenSettled));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> Scope<WorkflowContext, T, R> scope(
            Scope.Joiner<? super T, ? extends R> joiner) {
        return new BranchScope<>(this, joiner);
    }

    @Override
    public <I extends @Nullable Object, T extends @Nullable Object> List<T> mapConcurrent(
            Iterable<? extends I> items, int limit, Branch.ItemBody<? super I, ? extends T> body) {
        return ItemMap.map(this, items, limit, body);
    }

    @Override
    public <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapConcurrentSettled(
            Iterable<? extends I> items, int limit, Branch.ItemBody<? super I, ? extends T> body) {
        return ItemMap.mapSettled(this, items, limit, body);
    }

    @Override
    public <T extends @Nullable Object> T hedge(
            String name, Duration delay, int copies, Branch.Body<? extends T> body) {
        return Hedge.run(this, new Hedge.Copies<>(name, delay, copies, body));
    }

    @Override
    public <T extends @Nullable Object> T retry(String name, RetryPolicy policy, Branch.Body<? extends T> body) {
        return Retry.run(this, name, policy, body);
    }

    @Override
    public <T extends @Nullable Object> T saga(Saga.Body<? extends T> body) throws Exception {
        return UndoLog.run(this, body);
    }

    @Override
    public void requireOwn() {
        checkAccess();
    }

    @Override
    public Context context() {
        return this;
    }

    @Override
    public void cancelAll(List<? extends RestatePromise<?>> promises) {
        attempt.checkAccess();
        attempt.graph().cancelAll(promises);
    }

    @Override
    public void awaitEnds(List<? extends Branch<?>> branches) {
        checkAccess();
        attempt.graph().awaitEnds(branches);
    }

    // -- logging

    @Override
    public Logger logger() {
        return logger(LoggerFactory.getLogger(attempt.setup().service()));
    }

    @Override
    public Logger logger(Logger logger) {
        return new ReplayAwareLogger(logger, attempt::isReplaying);
    }
}
