package dev.reprise.sdk.vm;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Invariants;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one invocation, between the engine's messages and the handler's commands.
 *
 * <p>The engine's side feeds {@link #receive} and {@link #inputClosed}, and sends what {@link #takeOutput} returns. The
 * handler begins once {@link #isReady}; each command that it issues is either the next one in the journal or, after the
 * last of those, a new one. {@link #takeNotification} returns results one at a time in the order of the journal; the
 * caller takes the next one only while something is awaited, and keeps those that nothing asks for yet. When none is
 * left, it calls {@link #awaitingOn} and waits for input, or {@link #suspend}s if no input can come.
 *
 * <p>Unless stated otherwise, every method of the handler's side throws {@link AttemptClosedException} on a closed
 * machine, and {@link ReplayMismatchException} when the command differs from the recorded one. After a mismatch the
 * caller {@link #fail}s the attempt; every further command repeats the mismatch.
 *
 * <p>Used by one thread at a time. No I/O, no clock, no randomness.
 */
public final class InvocationStateMachine {
    private final AttemptPhases attempt;
    private final Runs runs = new Runs();
    private final ReplayedTimers timers = new ReplayedTimers();
    private final List<ProposeRunCompletion> heldProposals = new ArrayList<>();
    private final List<CompletionId> callsToCancel = new ArrayList<>();
    private int lastCompletion;
    private int lastSignal = SignalIndex.FIRST_AWAKEABLE - 1;

    /** A machine that compares payloads, see {@link PayloadChecks}. */
    public InvocationStateMachine(ProtocolVersion version) {
        this(version, PayloadChecks.ENABLED);
    }

    /** A machine for an attempt that speaks {@code version}. */
    public InvocationStateMachine(ProtocolVersion version, PayloadChecks checks) {
        attempt = new AttemptPhases(version, checks);
    }

    /**
     * Takes the engine's next message. A message that is malformed or not allowed here closes the machine with error
     * 571. Ignored on a closed machine.
     */
    public void receive(RawMessage message) {
        attempt.receive(message);
    }

    /** No more messages will follow. Before {@link #isReady}, that closes the machine with error 571. */
    public void inputClosed() {
        attempt.inputClosed();
    }

    /**
     * The messages to send, in order; each is returned once. On V7 the frame of a {@code ProposeRunCompletion} must
     * request an acknowledgement in its header; on older versions it must not.
     */
    public List<RawMessage> takeOutput() {
        return attempt.output().take();
    }

    /** Whether the start and all known entries have arrived and the machine is not closed: the handler may begin. */
    public boolean isReady() {
        return attempt.phase().isRunning();
    }

    /** Whether an end, a suspension or an error has been written; nothing follows it. */
    public boolean isClosed() {
        return attempt.phase() == Phase.CLOSED;
    }

    /** Whether the next command is still one of the journal's. */
    public boolean isReplaying() {
        return attempt.phase() == Phase.REPLAYING;
    }

    public boolean isInputClosed() {
        return attempt.isInputClosed();
    }

    /** What the handler was invoked with; from {@link #isReady} on, also after the machine closed. */
    public InvocationStart invocation() {
        return attempt.invocation();
    }

    /** Waits until a time, in milliseconds since the epoch. The recorded time of a replayed sleep may differ. */
    public CompletionId sleep(long wakeUpTimeMillis, String name) {
        CompletionId id = nextCompletion();
        boolean recorded = isReplaying();
        issue(new Command.Sleep(wakeUpTimeMillis, id.id(), name));
        if (recorded) {
            timers.announce(id, attempt.cursor().lastIndex(), name);
        }
        return id;
    }

    /**
     * Announces a run. Unless its result was replayed, the caller executes its closure, but not before {@link
     * #hasKnownNotification} is false, because a notification that is taken earlier may show that the handler has given
     * up the run.
     */
    public RunHandle run(String name) {
        CompletionId id = nextCompletion();
        boolean recorded = isReplaying();
        issue(new Command.Run(id.id(), name));
        boolean replayed = attempt.notifications().isCompleted(id);
        if (!replayed) {
            runs.announce(id, attempt.cursor().lastIndex(), name);
        }
        return new RunHandle(id, recorded, replayed);
    }

    /**
     * Proposes the result of a run: {@link Result.Value} or {@link Result.Failed}. It is durable only once its
     * notification has come. While replaying, it is held back. Ignored on a closed machine.
     */
    public void proposeRunCompletion(CompletionId run, Result result) {
        if (isClosed()) {
            return;
        }
        Invariants.check(runs.find(run).isPresent(), "a proposal must be of a run to execute, and the only one", run);
        requireMetadataSupport(result);
        runs.finish(run);
        heldProposals.add(new ProposeRunCompletion(run.id(), result));
        sendHeldProposals();
    }

    /** A run's closure has failed for the moment. The engine is told how often with what it is sent of runs next. */
    public void closureFailed() {
        attempt.closureFailed();
    }

    /** Gives up a run: it is not executed, and its result is not proposed unless that has happened already. */
    public void abandonRun(CompletionId run) {
        runs.finish(run);
        heldProposals.removeIf(held -> held.resultCompletionId() == run.id());
    }

    private void sendHeldProposals() {
        if (attempt.phase() != Phase.PROCESSING) {
            return;
        }
        heldProposals.forEach(attempt::propose);
        heldProposals.clear();
    }

    /** Whether this attempt has gone further than the journal by writing a command of its own. */
    public boolean hasWrittenCommand() {
        return attempt.isFirstCommandWritten();
    }

    /** Calls a handler. Closes with error 573 if the request needs a newer protocol version. */
    public CallHandle call(CallRequest request) {
        requireSupport(request);
        CompletionId invocationId = nextCompletion();
        CompletionId result = nextCompletion();
        issue(new Command.Call(
                request.service(),
                request.handler(),
                request.parameter(),
                request.headers(),
                request.key(),
                request.idempotencyKey(),
                request.scope(),
                request.limitKey(),
                invocationId.id(),
                result.id(),
                request.name()));
        callsToCancel.add(invocationId);
        return new CallHandle(invocationId, result);
    }

    /** Calls a handler without waiting. The returned notification carries the callee's invocation id. */
    public CompletionId oneWayCall(SendRequest request) {
        CallRequest call = request.call();
        requireSupport(call);
        CompletionId invocationId = nextCompletion();
        issue(new Command.OneWayCall(
                call.service(),
                call.handler(),
                call.parameter(),
                request.invokeTimeMillis(),
                call.headers(),
                call.key(),
                call.idempotencyKey(),
                call.scope(),
                call.limitKey(),
                invocationId.id(),
                call.name()));
        return invocationId;
    }

    private void requireSupport(CallRequest request) {
        requireScopeSupport(request.scope());
        if (request.limitKey() != null) {
            attempt.requireVersion(ProtocolVersion.V7, "a limit key");
        }
    }

    private void requireScopeSupport(@Nullable String scope) {
        if (scope != null) {
            attempt.requireVersion(ProtocolVersion.V7, "a scope");
        }
    }

    private void requireMetadataSupport(Result result) {
        if (result instanceof Result.Failed(var failure) && !failure.metadata().isEmpty()) {
            attempt.requireVersion(ProtocolVersion.V6, "a failure's metadata");
        }
    }

    /**
     * The invocation-id notifications of the calls made since the last call of this method, in order, without one-way
     * calls. A handler that is cancelled cancels these.
     */
    public List<CompletionId> takeCallsToCancel() {
        List<CompletionId> taken = List.copyOf(callsToCancel);
        callsToCancel.clear();
        return taken;
    }

    /** A signal that others complete by an id. Writes nothing. */
    public AwakeableHandle createAwakeable() {
        attempt.requireRunning(() -> "create an awakeable");
        SignalIndex signal = new SignalIndex(++lastSignal);
        return new AwakeableHandle(awakeableId(signal.index()), signal);
    }

    private String awakeableId(int signal) {
        return new AwakeableId(InvocationId.fromBytes(invocation().id()), signal).toString();
    }

    /** Completes an awakeable of any invocation with {@link Result.Value} or {@link Result.Failed}. */
    public void completeAwakeable(String awakeableId, Result result) {
        requireMetadataSupport(result);
        issue(new Command.CompleteAwakeable(awakeableId, result, ""));
    }

    /** The notification of a signal by name. Writes nothing. */
    public SignalName signal(String name) {
        attempt.requireRunning(() -> "wait for signal '" + name + "'");
        return new SignalName(name);
    }

    /** Sends a signal by name to an invocation: {@link Result.Value} or {@link Result.Failed}. */
    public void sendSignal(String targetInvocationId, String name, Result result) {
        requireMetadataSupport(result);
        issue(new Command.SendSignal(targetInvocationId, new SignalName(name), result, ""));
    }

    /** Sends the cancel signal to an invocation. */
    public void cancelInvocation(String targetInvocationId) {
        issue(new Command.SendSignal(targetInvocationId, SignalIndex.CANCEL, Result.Empty.INSTANCE, ""));
    }

    /**
     * Reads a key of the object's state. On replay, the journal contains the answer, or the fact that the engine gave
     * it.
     */
    public StateRead getState(String key) {
        CompletionId id = nextCompletion();
        Bytes name = Bytes.utf8(key);
        Optional<Result> known = switch (nextRecorded()) {
            case null -> attempt.state().get(name);
            case Command.GetEagerState recorded -> Optional.of(recorded.result());
            case Command ignored -> Optional.empty();
        };
        issue(known.<Command>map(result -> new Command.GetEagerState(name, result, ""))
                .orElseGet(() -> new Command.GetLazyState(name, id.id(), "")));
        return known.<StateRead>map(StateRead.Known::new).orElseGet(() -> new StateRead.Pending(id));
    }

    /** Lists the keys of the object's state; otherwise like {@link #getState}. */
    public StateRead getStateKeys() {
        CompletionId id = nextCompletion();
        Optional<Result.StateKeys> known = switch (nextRecorded()) {
            case null -> attempt.state().keys();
            case Command.GetEagerStateKeys recorded -> Optional.of(new Result.StateKeys(recorded.keys()));
            case Command ignored -> Optional.empty();
        };
        issue(known.<Command>map(keys -> new Command.GetEagerStateKeys(keys.keys(), ""))
                .orElseGet(() -> new Command.GetLazyStateKeys(id.id(), "")));
        return known.<StateRead>map(StateRead.Known::new).orElseGet(() -> new StateRead.Pending(id));
    }

    /** The recorded command to repeat; null when processing. */
    private @Nullable Command nextRecorded() {
        attempt.requireRunning(() -> "read state");
        return attempt.cursor().next().orElse(null);
    }

    /** Writes a key of the object's state. */
    public void setState(String key, Bytes value) {
        Bytes name = Bytes.utf8(key);
        issue(new Command.SetState(name, value, ""));
        attempt.state().set(name, value);
    }

    /** Removes a key of the object's state. */
    public void clearState(String key) {
        Bytes name = Bytes.utf8(key);
        issue(new Command.ClearState(name, ""));
        attempt.state().clear(name);
    }

    /** Removes every key of the object's state. */
    public void clearAllState() {
        issue(new Command.ClearAllState(""));
        attempt.state().clearAll();
    }

    /** Waits for a promise of the workflow. */
    public CompletionId getPromise(String key) {
        CompletionId id = nextCompletion();
        issue(new Command.GetPromise(key, id.id(), ""));
        return id;
    }

    /** Looks at a promise of the workflow; the notification is {@link Result.Empty} while it is not completed. */
    public CompletionId peekPromise(String key) {
        CompletionId id = nextCompletion();
        issue(new Command.PeekPromise(key, id.id(), ""));
        return id;
    }

    /**
     * Completes a promise of the workflow with {@link Result.Value} or {@link Result.Failed}. The notification fails
     * when it was completed before.
     */
    public CompletionId completePromise(String key, Result completion) {
        requireMetadataSupport(completion);
        CompletionId id = nextCompletion();
        issue(new Command.CompletePromise(key, completion, id.id(), ""));
        return id;
    }

    /** Waits for another invocation's result. */
    public CompletionId attachInvocation(InvocationReference target) {
        requireScopeSupport(scope(target));
        CompletionId id = nextCompletion();
        issue(new Command.AttachInvocation(target, id.id(), ""));
        return id;
    }

    /** Looks at another invocation's result; the notification is {@link Result.Empty} while there is none. */
    public CompletionId getInvocationOutput(InvocationReference target) {
        requireScopeSupport(scope(target));
        CompletionId id = nextCompletion();
        issue(new Command.GetInvocationOutput(target, id.id(), ""));
        return id;
    }

    private static @Nullable String scope(InvocationReference target) {
        @Nullable
        String scope = switch (target) {
            case InvocationReference.ById ignored -> null;
            case InvocationReference.ByIdempotencyKey r -> r.scope();
            case InvocationReference.ByWorkflow r -> r.scope();
        };
        if (scope != null && scope.isEmpty()) {
            throw new IllegalArgumentException("an invocation's scope must not be empty; leave it out instead");
        }
        return scope;
    }

    /** Writes the handler's result: {@link Result.Value} or {@link Result.Failed}. */
    public void output(Result result) {
        requireMetadataSupport(result);
        issue(new Command.Output(result, ""));
    }

    /** Ends the attempt and closes the machine. Does nothing on a closed one. */
    public void end() {
        attempt.end();
    }

    /** Fails the attempt at its latest command and closes the machine. Does nothing on a closed one. */
    public void fail(AttemptError failure) {
        attempt.fail(failure, attempt.lastCommand());
    }

    /** Fails the attempt at a run and closes the machine. Does nothing on a closed one. */
    public void failRun(CompletionId run, AttemptError failure) {
        attempt.fail(
                failure,
                runs.find(run)
                        .map(found ->
                                new AttemptPhases.RelatedCommand(found.commandIndex(), found.name(), MessageType.RUN))
                        .or(attempt::lastCommand));
    }

    /** The next notification in the order of the journal, signals included; empty if none has arrived. */
    public Optional<Notification> takeNotification() {
        attempt.requireRunning(() -> "take a notification");
        return attempt.notifications().take();
    }

    /**
     * The next notification with this id; empty if it has not arrived. Those before it stay where they are, and are
     * taken later.
     */
    public Optional<Notification> takeNotification(NotificationId id) {
        attempt.requireRunning(() -> "take a notification");
        return attempt.notifications().take(id);
    }

    /** Whether a notification that came with the known entries is still to be taken. */
    public boolean hasKnownNotification() {
        return attempt.notifications().hasKnown();
    }

    /**
     * Tells the engine what the handler waits for, if the protocol version has a message for that; the same is not sent
     * twice in a row. The machine adds the next cancel signal to the tree. Call it when {@link #takeNotification}
     * returns no more.
     *
     * @throws ReplayMismatchException while replaying: the recorded commands that follow show that the
     *     handler did not wait here before
     */
    public void awaitingOn(FutureTree tree, boolean executingRuns, @Nullable Awaited awaited) {
        requireWaitingAllowed(tree);
        attempt.output().awaitingOn(tree, executingRuns, awaited);
    }

    /** Whether the protocol version has a message for what the handler waits for. */
    public boolean tellsWhatItAwaits() {
        return attempt.output().tellsWhatItAwaits();
    }

    /**
     * Gives up the stream until {@code tree} can make progress, and closes the machine. The machine adds the next
     * cancel signal to the tree. Only when no run is being executed.
     *
     * @throws ReplayMismatchException as {@link #awaitingOn}
     */
    public void suspend(FutureTree tree) {
        requireWaitingAllowed(tree);
        attempt.suspend(tree);
    }

    private void requireWaitingAllowed(FutureTree tree) {
        attempt.requireReplayed(() -> "await " + CommandText.of(tree, this::nameOfLeaf), () -> causeOfWaiting(tree));
    }

    /**
     * Why the journal may have more commands although the handler waits for one of its own: it did not wait for that
     * one before.
     */
    private List<String> causeOfWaiting(FutureTree tree) {
        List<String> ownWork = new ArrayList<>();
        tree.forEachLeaf(id -> nameOfOwnWork(id).ifPresent(ownWork::add));
        return ownWork.isEmpty()
                ? List.of()
                : List.of("cause: the handler went on without the result of " + String.join(", ", ownWork)
                        + " when this was recorded, and waits for it now. Let invocations that began with the old code"
                        + " end with it; or, where it did not wait, use runAsync or timer in place of run or sleep.");
    }

    private Optional<String> nameOfOwnWork(NotificationId id) {
        return runs.find(id)
                .map(run -> "run '" + run.name() + "' (command " + run.commandIndex() + ")")
                .or(() -> timers.nameOf(id));
    }

    private String nameOfLeaf(NotificationId id) {
        if (id instanceof SignalIndex(int index) && index >= SignalIndex.FIRST_AWAKEABLE) {
            return "awakeable " + awakeableId(index);
        }
        return nameOfOwnWork(id).orElseGet(() -> CommandText.of(id));
    }

    private CompletionId nextCompletion() {
        return new CompletionId(++lastCompletion);
    }

    private void issue(Command command) {
        attempt.issue(command);
        sendHeldProposals();
    }
}
