package dev.reprise.engine.invoker;

import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.PartitionRecord.DeploymentPinned;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's stream as the partition's thread sees it: what goes out to the handler, and how long it has been
 * silent. {@link AttemptTranscript} handles what comes back.
 */
final class InvocationAttempt implements AttemptTranscript.Reader, Outflow.Owner {
    /** Called on the partition's thread when an attempt fails. */
    interface FailureListener {
        void failed(InvocationAttempt attempt, AttemptFailure failure);
    }

    /**
     * The fixed facts of an attempt.
     *
     * @param trace the headers about the trace it belongs to
     * @param binding the record that comes with its first entry; null if the invocation is bound to a deployment
     * @param replayedEntries how many journal entries it begins with
     * @param replayedCommands how many of them are no notifications
     * @param memory given back when it ends
     */
    record Head(
            AttemptHistory history,
            InvocationTarget target,
            List<Header> trace,
            ProtocolVersion version,
            @Nullable DeploymentPinned binding,
            int replayedEntries,
            int replayedCommands,
            AttemptMemory memory) {}

    private static final long NEVER = Long.MIN_VALUE;
    /** How long an attempt may take until its first message: it has to reach the handler, and the handler to answer. */
    private static final long FIRST_WORD_MILLIS = 1_000;

    private final Head head;
    private final AttemptTranscript transcript;
    private final Proposals proposals;
    private final FailureListener failures;

    private @Nullable AttemptStream stream;
    private @Nullable Outflow outflow;
    private long lastActiveMillis;
    private long openedMillis;
    private boolean heard;
    private boolean asked;
    /** When it was told to stop, whether active or not; or {@link #NEVER}. */
    private long stoppedMillis = NEVER;

    InvocationAttempt(Head head, CallResolver calls, Proposals proposals, FailureListener failures) {
        this.head = head;
        this.proposals = proposals;
        this.failures = failures;
        this.transcript = new AttemptTranscript(head, calls, proposals, this);
    }

    AttemptId id() {
        return head.history().attempt();
    }

    AttemptHistory history() {
        return head.history();
    }

    AttemptListener listener() {
        return transcript;
    }

    /** The stream is open: sends the start and the replay, as memory allows. */
    void begin(AttemptStream opened, Outflow.Source source, long nowMillis) {
        AttemptMemory memory = head.memory();
        stream = opened;
        outflow = new Outflow(opened, source, this, memory.out(), memory.limitBytes(), head.replayedEntries());
        lastActiveMillis = nowMillis;
        openedMillis = nowMillis;
        outflow.pump();
    }

    void touch(long nowMillis) {
        lastActiveMillis = nowMillis;
    }

    /** How long its first message took; empty if that was taken already. */
    OptionalLong takeFirstWordMillis(long nowMillis) {
        if (heard) {
            return OptionalLong.empty();
        }
        heard = true;
        return OptionalLong.of(nowMillis - openedMillis);
    }

    /** When the last message came or went. */
    long lastActiveMillis() {
        return lastActiveMillis;
    }

    /**
     * When it will have been silent for too long: long enough to be asked to suspend or, if it was asked, to be cut.
     * However short its timeouts are, the handler gets time to begin.
     *
     * @param patienceMillis the least silence that counts as inactivity
     */
    long deadlineMillis(long patienceMillis) {
        AttemptPolicy policy = history().policy();
        if (stoppedMillis != NEVER) {
            return Math.max(lastActiveMillis, stoppedMillis) + policy.abortMillis();
        }
        long inactivityMillis = Math.max(policy.inactivityMillis(), patienceMillis);
        long deadline = lastActiveMillis + inactivityMillis + (asked ? policy.abortMillis() : 0);
        return asked && !heard ? Math.max(deadline, openedMillis + FIRST_WORD_MILLIS) : deadline;
    }

    boolean isAsked() {
        return asked;
    }

    /** Sends a message about the journal's entry with this index, unless the replay had it. */
    void send(int index, RawMessage message) {
        // A handler that was asked to suspend finds whatever comes later in its next replay.
        if (!asked && outflow != null) {
            outflow.entry(index, message);
        }
    }

    /** As {@link #send}, for a message that is in no journal. */
    private void note(int index, RawMessage message) {
        if (!asked && outflow != null && index >= head.replayedEntries()) {
            outflow.note(message);
        }
    }

    /** A run's result was journaled at this index. */
    void sendResult(int index, int completionId, RawMessage notification) {
        if (transcript.acknowledgements().takeRun(completionId)) {
            note(index, MessageCodec.encode(new ControlMessage.ProposeRunCompletionAck(completionId)));
        } else {
            send(index, notification);
        }
    }

    /** A run's result is in the log. */
    void recorded(int completionId) {
        if (stream != null) {
            stream.recorded(completionId);
        }
    }

    /** Its record with this number was applied. */
    void applied(long record) {
        Acknowledgements acks = transcript.acknowledgements();
        for (Integer index = acks.takeCommand(record); index != null; index = acks.takeCommand(record)) {
            note(Integer.MAX_VALUE, MessageCodec.encode(new ControlMessage.CommandAck(index)));
        }
        tellTaken(1);
    }

    private void tellTaken(int recorded) {
        int taken = recorded + transcript.takeUnrecorded();
        if (stream != null && taken > 0) {
            stream.taken(taken);
        }
    }

    /** As {@link #closeInput}; an attempt that then stays silent for the abort timeout is cut. */
    void stop(long nowMillis) {
        closeInput();
        stoppedMillis = nowMillis;
    }

    /** Asks the handler, once, to suspend when it can make no more progress. */
    void closeInput() {
        if (!asked && outflow != null) {
            asked = true;
            outflow.close();
        }
    }

    /** Whether it has made progress: one of its commands is stored, or will be. */
    boolean storesCommand() {
        return transcript.storesCommand();
    }

    /** Silences the attempt and ends its stream. */
    void detach() {
        transcript.end();
        if (stream != null) {
            stream.abort();
            stream = null;
            outflow = null;
        }
        head.memory().close();
    }

    @Override
    public void failed(AttemptFailure failure) {
        failures.failed(this, failure);
    }

    @Override
    public void gathered() {
        tellTaken(0);
    }

    private void pump() {
        if (outflow != null) {
            outflow.pump();
        }
    }

    @Override
    public void room() {
        proposals.execute(this::pump);
    }

    @Override
    public void sent() {
        pump();
    }

    @Override
    public void tooLarge(String what, long bytes) {
        AttemptFailure failure =
                AttemptFailure.tooLarge(what, bytes, head.memory().limitBytes());
        proposals.execute(() -> failed(failure));
    }

    @Override
    public void roomToReceive() {
        if (stream != null) {
            stream.roomToReceive();
        }
    }

    @Override
    public void awaits(ControlMessage.AwaitingOn message) {
        history().awaits(message.awaitingOn());
    }
}
