package dev.reprise.engine.invoker;

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
 * One attempt's stream as the partition's thread sees it: what goes out to the handler, and how long it has been silent.
 * What comes back is in its {@link AttemptTranscript}.
 */
final class InvocationAttempt implements AttemptTranscript.Reader {
    /** Told, on the partition's thread, that an attempt failed. */
    interface FailureListener {
        void failed(InvocationAttempt attempt, AttemptFailure failure);
    }

    /**
     * What an attempt is of.
     *
     * @param trace the headers about the trace it belongs to
     * @param binding what its first entry brings along; null if the invocation is bound to a deployment
     * @param replayedEntries how many journal entries it begins with
     * @param replayedCommands how many of them are no notifications
     */
    record Head(
            Tries tries,
            InvocationTarget target,
            List<Header> trace,
            ProtocolVersion version,
            @Nullable DeploymentPinned binding,
            int replayedEntries,
            int replayedCommands) {}

    private static final long NEVER = Long.MIN_VALUE;
    /** So long an attempt may take until its first word: it has to come to the handler, and the handler to answer. */
    private static final long FIRST_WORD_MILLIS = 1_000;

    private final Head head;
    private final AttemptTranscript transcript;
    private final FailureListener failures;

    private @Nullable AttemptStream stream;
    private long lastActiveMillis;
    private long openedMillis;
    private boolean heard;
    private boolean asked;
    /** When it was told to stop, however active it is; or {@link #NEVER}. */
    private long stoppedMillis = NEVER;

    private long applied;

    InvocationAttempt(Head head, CallResolver calls, Proposals proposals, FailureListener failures) {
        this.head = head;
        this.failures = failures;
        this.transcript = new AttemptTranscript(head, calls, proposals, this);
    }

    AttemptId id() {
        return head.tries().attempt();
    }

    Tries tries() {
        return head.tries();
    }

    AttemptListener listener() {
        return transcript;
    }

    /** The stream is open: the start and the replay go out. */
    void begin(AttemptStream opened, List<RawMessage> messages, long nowMillis) {
        stream = opened;
        lastActiveMillis = nowMillis;
        openedMillis = nowMillis;
        opened.send(messages);
    }

    void touch(long nowMillis) {
        lastActiveMillis = nowMillis;
    }

    /** How long its first message took to come; empty if that is known. */
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
     * When it has been silent for too long: to be asked to suspend, or, if it was asked, to be cut. However short its timeouts
     * are, the handler gets the time to begin.
     *
     * @param patienceMillis the least time of silence that counts as inactivity
     */
    long deadlineMillis(long patienceMillis) {
        AttemptPolicy policy = tries().policy();
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
        if (index >= head.replayedEntries()) {
            send(message);
        }
    }

    /** What comes after the handler was asked to suspend, it finds in its next replay. */
    private void send(RawMessage message) {
        if (!asked && stream != null) {
            stream.send(List.of(message));
        }
    }

    /** A run's result was journaled at this index. */
    void sendResult(int index, int completionId, RawMessage notification) {
        boolean isAck = transcript.acknowledgements().takeRun(completionId);
        send(
                index,
                isAck ? MessageCodec.encode(new ControlMessage.ProposeRunCompletionAck(completionId)) : notification);
    }

    /** A run's result is in the log. */
    void recorded(int completionId) {
        if (stream != null) {
            stream.recorded(completionId);
        }
    }

    /** One of its records was applied. */
    void applied() {
        applied++;
        Acknowledgements acks = transcript.acknowledgements();
        for (Integer index = acks.takeCommand(applied); index != null; index = acks.takeCommand(applied)) {
            send(MessageCodec.encode(new ControlMessage.CommandAck(index)));
        }
        tellTaken(1);
    }

    private void tellTaken(int recorded) {
        int taken = recorded + transcript.takeUnrecorded();
        if (stream != null && taken > 0) {
            stream.taken(taken);
        }
    }

    /** As {@link #closeInput}; who stays silent from now on for the abort timeout is let go. */
    void stop(long nowMillis) {
        closeInput();
        stoppedMillis = nowMillis;
    }

    /** Asks the handler to suspend when it can go no further; once. */
    void closeInput() {
        if (!asked && stream != null) {
            asked = true;
            stream.closeInput();
        }
    }

    /** Whether it has come a step further: a command of its is stored, or will be. */
    boolean storesCommand() {
        return transcript.storesCommand();
    }

    /** Silences the attempt and ends its stream; answers how many records it has proposed. */
    long detach() {
        long proposed = transcript.end();
        if (stream != null) {
            stream.abort();
            stream = null;
        }
        return proposed;
    }

    @Override
    public void failed(AttemptFailure failure) {
        failures.failed(this, failure);
    }

    @Override
    public void gathered() {
        tellTaken(0);
    }

    @Override
    public void awaits(ControlMessage.AwaitingOn message) {
        tries().awaits(message.awaitingOn());
    }
}
