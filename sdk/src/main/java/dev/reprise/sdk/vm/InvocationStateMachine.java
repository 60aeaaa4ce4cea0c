package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of one invocation, between the engine's messages and the handler's commands.
 *
 * <p>The engine's side feeds {@link #receive} and {@link #inputClosed} and sends what {@link #takeOutput} gives. The
 * handler begins once {@link #isReady}; each command it issues is either the journal's next one or, after the last of
 * those, a new one. Results come back by {@link #takeNotification}, one at a time in the order of the journal; the caller
 * takes the next one only while something is awaited, and keeps those nothing asks for yet. When none is left it calls
 * {@link #awaitingOn} and waits for input, or {@link #suspend}s if no input can come.
 *
 * <p>Every method of the handler's side throws {@link AttemptClosedException} on a closed machine, unless it says
 * otherwise, and {@link dev.reprise.sdk.JournalMismatchException} when the command is not the recorded one. After a
 * mismatch the caller {@link #fail}s the attempt; every further command repeats the mismatch.
 *
 * <p>Used by one thread at a time. No I/O, no clock, no randomness.
 */
public final class InvocationStateMachine {
    public InvocationStateMachine(ProtocolVersion version) {
        throw todo();
    }

    /** Takes the engine's next message. A message not allowed here closes the machine with error 571. */
    public void receive(RawMessage message) {
        throw todo();
    }

    /** No message will follow. */
    public void inputClosed() {
        throw todo();
    }

    /** The messages to send, in order; each is returned once. */
    public List<RawMessage> takeOutput() {
        throw todo();
    }

    /** Whether the start and all known entries have arrived: the handler may begin. */
    public boolean isReady() {
        throw todo();
    }

    /** Whether an end, a suspension or an error was written; nothing follows it. */
    public boolean isClosed() {
        throw todo();
    }

    /** Whether the next command is still one of the journal's. */
    public boolean isReplaying() {
        throw todo();
    }

    public boolean isInputClosed() {
        throw todo();
    }

    /** What the handler was invoked with; from {@link #isReady} on, also after the machine closed. */
    public Invocation invocation() {
        throw todo();
    }

    /** Waits until a time, in milliseconds since the epoch. The recorded time of a replayed sleep may differ. */
    public CompletionId sleep(long wakeUpTimeMillis, String name) {
        throw todo();
    }

    /** Announces a run; its closure is executed when {@link #takeRunsToExecute} returns it. */
    public RunHandle run(String name) {
        throw todo();
    }

    /**
     * The runs whose closures must be executed now, in the order they were announced; each is returned once. None while
     * {@link #isReplaying}, so poll it after every command and before waiting.
     */
    public List<CompletionId> takeRunsToExecute() {
        throw todo();
    }

    /**
     * Proposes the result of a run: {@link Result.Value} or {@link Result.Failed}. It is not durable until its
     * notification comes. Ignored on a closed machine.
     */
    public void proposeRunCompletion(CompletionId run, Result result) {
        throw todo();
    }

    /** How often the run that fails right now was tried in earlier attempts. */
    public PriorAttempts priorAttempts() {
        throw todo();
    }

    public CallHandle call(CallRequest request) {
        throw todo();
    }

    /** The returned notification tells the callee's invocation id. */
    public CompletionId oneWayCall(SendRequest request) {
        throw todo();
    }

    /**
     * The invocation-id notifications of the calls made since this was last called, in their order; one-way calls are
     * not among them. When the handler is cancelled, it cancels these.
     */
    public List<CompletionId> takeCallsToCancel() {
        throw todo();
    }

    public AwakeableHandle createAwakeable() {
        throw todo();
    }

    public void completeAwakeable(String awakeableId, Result result) {
        throw todo();
    }

    /** The notification of a signal by name. Writes nothing. */
    public SignalName signal(String name) {
        throw todo();
    }

    public void sendSignal(String targetInvocationId, String name, Result result) {
        throw todo();
    }

    public void cancelInvocation(String targetInvocationId) {
        throw todo();
    }

    public StateRead getState(String key) {
        throw todo();
    }

    public StateRead getStateKeys() {
        throw todo();
    }

    public void setState(String key, Bytes value) {
        throw todo();
    }

    public void clearState(String key) {
        throw todo();
    }

    public void clearAllState() {
        throw todo();
    }

    public CompletionId getPromise(String key) {
        throw todo();
    }

    public CompletionId peekPromise(String key) {
        throw todo();
    }

    public CompletionId completePromise(String key, Result completion) {
        throw todo();
    }

    public CompletionId attachInvocation(InvocationReference target) {
        throw todo();
    }

    public CompletionId getInvocationOutput(InvocationReference target) {
        throw todo();
    }

    /** Writes what the handler returned: {@link Result.Value} or {@link Result.Failed}. */
    public void output(Result result) {
        throw todo();
    }

    /** Ends the attempt and closes the machine. Does nothing on a closed one. */
    public void end() {
        throw todo();
    }

    /** Fails the attempt at its latest command and closes the machine. Does nothing on a closed one. */
    public void fail(AttemptFailure failure) {
        throw todo();
    }

    /** Fails the attempt at a run and closes the machine. Does nothing on a closed one. */
    public void failRun(CompletionId run, AttemptFailure failure) {
        throw todo();
    }

    /** The next notification in the order of the journal, signals included; empty if none has arrived. */
    public Optional<Notification> takeNotification() {
        throw todo();
    }

    /**
     * Tells the engine what the handler waits for, where the protocol version has a message for it; not twice in a row
     * the same. The machine adds the cancel signal to the tree.
     *
     * @throws dev.reprise.sdk.JournalMismatchException while replaying: the recorded commands that follow show that the
     *     handler did not wait here before
     */
    public void awaitingOn(FutureTree tree, boolean executingRuns) {
        throw todo();
    }

    /**
     * Gives up the stream until {@code tree} can make progress, and closes the machine. The machine adds the cancel
     * signal to the tree. Only when no run is being executed.
     *
     * @throws dev.reprise.sdk.JournalMismatchException as {@link #awaitingOn}
     */
    public void suspend(FutureTree tree) {
        throw todo();
    }

    private static UnsupportedOperationException todo() {
        return new UnsupportedOperationException("not there yet");
    }
}
