package dev.reprise.engine.invoker;

import dev.reprise.engine.invoker.CallResolver.UnresolvedCallException;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.partition.CommandRules;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's stream as the engine sees it: turns what the handler says into records. The deployment calls it from any
 * one thread at a time; once {@link #detach detached} it says nothing more.
 */
final class InvocationAttempt implements AttemptListener {
    /** So many messages that made no record are taken before the transport is told. */
    private static final int UNRECORDED_MAX = 32;

    /** Told, on the partition's thread, that an attempt failed. */
    interface FailureListener {
        void failed(InvocationAttempt attempt, AttemptFailure failure);
    }

    /**
     * What an attempt is of.
     *
     * @param replayedEntries how many journal entries it began with
     * @param replayedCommands how many of them are no notifications
     */
    record Head(
            Tries tries, InvocationTarget target, ProtocolVersion version, int replayedEntries, int replayedCommands) {}

    private final Head head;
    private final CallResolver calls;
    private final Proposals proposals;
    private final FailureListener failures;
    private final Acknowledgements acks = new Acknowledgements();

    /* Used by the deployment's thread alone. */
    private int nextCommand;

    /* Guarded by this. */
    private boolean detached;
    private boolean over;
    private long proposed;
    private int unrecorded;

    /* Used by the partition's thread alone. */
    private @Nullable AttemptStream stream;
    private long lastActiveMillis;
    private boolean asked;
    private long applied;

    InvocationAttempt(Head head, CallResolver calls, Proposals proposals, FailureListener failures) {
        this.head = head;
        this.calls = calls;
        this.proposals = proposals;
        this.failures = failures;
        this.nextCommand = head.replayedCommands();
    }

    AttemptId id() {
        return head.tries().attempt();
    }

    Tries tries() {
        return head.tries();
    }

    // -- the partition's thread

    /** The stream is open: the start and the replay go out. */
    void begin(AttemptStream opened, List<RawMessage> messages, long nowMillis) {
        stream = opened;
        lastActiveMillis = nowMillis;
        opened.send(messages);
    }

    void touch(long nowMillis) {
        lastActiveMillis = nowMillis;
    }

    /** When it has been silent for too long: to be asked to suspend, or, if it was asked, to be let go on. */
    long deadlineMillis() {
        AttemptPolicy policy = tries().policy();
        return lastActiveMillis + policy.inactivityMillis() + (asked ? policy.abortMillis() : 0);
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
        boolean isAck = acks.takeRun(completionId);
        send(
                index,
                isAck ? MessageCodec.encode(new ControlMessage.ProposeRunCompletionAck(completionId)) : notification);
    }

    /** One of its records was applied. */
    void applied() {
        applied++;
        for (Integer index = acks.takeCommand(applied); index != null; index = acks.takeCommand(applied)) {
            send(MessageCodec.encode(new ControlMessage.CommandAck(index)));
        }
        tellTaken(1);
    }

    private void tellTaken(int recorded) {
        int taken;
        synchronized (this) {
            taken = detached ? 0 : recorded + unrecorded;
            unrecorded = 0;
        }
        if (stream != null && taken > 0) {
            stream.taken(taken);
        }
    }

    /** Asks the handler to suspend when it can go no further; once. */
    void closeInput() {
        if (!asked && stream != null) {
            asked = true;
            stream.closeInput();
        }
    }

    /** Silences the attempt and ends its stream; answers how many records it has proposed. */
    long detach() {
        long count;
        synchronized (this) {
            detached = true;
            count = proposed;
        }
        if (stream != null) {
            stream.abort();
        }
        return count;
    }

    // -- the deployment's thread

    @Override
    public void onFrames(List<Frame> frames) {
        for (Frame frame : frames) {
            try {
                take(frame);
            } catch (ProtocolException e) {
                fail(TransientError.of(ErrorCode.PROTOCOL_VIOLATION, "RT0012", String.valueOf(e.getMessage())));
            } catch (UnresolvedCallException e) {
                fail(TransientError.of(e.code(), String.valueOf(e.getMessage())));
            }
        }
    }

    @Override
    public void onClosed() {
        fail(TransientError.of(
                ErrorCode.INTERNAL, "RT0010", "the handler's stream ended before the invocation ended or suspended"));
    }

    @Override
    public void onFailed(String reason) {
        fail(TransientError.of(ErrorCode.INTERNAL, "RT0010", reason));
    }

    private void take(Frame frame) {
        RawMessage message = frame.message();
        if (MessageType.isCommand(message.type())) {
            takeCommand(message, frame.ackRequested());
        } else if (message.type() >= MessageType.CUSTOM_RANGE_START) {
            takeEntry(message, null, Urgency.SOON, frame.ackRequested());
        } else if (MessageCodec.decode(message) instanceof ControlMessage control) {
            takeControl(control, frame.ackRequested());
        } else {
            throw new ProtocolException("a handler must not send notifications");
        }
    }

    private void takeCommand(RawMessage message, boolean ackRequested) {
        Command command = (Command) MessageCodec.decode(message);
        CommandRules.check(head.target(), command);
        InvocationRequest call = command instanceof Command.Call || command instanceof Command.OneWayCall
                ? calls.resolve(new Origin.Caller(id().invocationId(), head.target()), command)
                : null;
        // What follows by itself carries these along: a run's result, the end.
        boolean waits = command instanceof Command.Run || command instanceof Command.Output;
        takeEntry(message, call, waits ? Urgency.SOON : Urgency.NOW, ackRequested);
    }

    private void takeEntry(RawMessage entry, @Nullable InvocationRequest call, Urgency urgency, boolean ackRequested) {
        int index = nextCommand++;
        if (ackRequested) {
            synchronized (this) {
                acks.command(proposed + 1, index);
            }
        }
        propose(new PartitionRecord.EntryAppended(id(), entry, call), urgency, false);
    }

    private void takeControl(ControlMessage control, boolean ackRequested) {
        switch (control) {
            case ControlMessage.ProposeRunCompletion m -> takeResult(m, ackRequested);
            case ControlMessage.Suspension m ->
                propose(new PartitionRecord.Suspended(id(), m.awaitingOn()), Urgency.NOW, true);
            case ControlMessage.End _ -> propose(new PartitionRecord.Ended(id()), Urgency.NOW, true);
            case ControlMessage.ErrorMessage m -> fail(AttemptFailure.of(m, head.version()));
            case ControlMessage.AwaitingOn m -> {
                tries().awaits(m.awaitingOn());
                takeUnrecorded();
            }
            case ControlMessage.Start _, ControlMessage.CommandAck _, ControlMessage.ProposeRunCompletionAck _ ->
                throw new ProtocolException("a handler must not send " + control);
        }
    }

    private void takeResult(ControlMessage.ProposeRunCompletion m, boolean ackRequested) {
        if (ackRequested && head.version().compareTo(ProtocolVersion.V7) >= 0) {
            acks.run(m.resultCompletionId());
        }
        propose(new PartitionRecord.RunProposed(id(), m.resultCompletionId(), m.result()), Urgency.NOW, false);
    }

    private void takeUnrecorded() {
        boolean tell;
        synchronized (this) {
            unrecorded++;
            tell = unrecorded == UNRECORDED_MAX;
        }
        if (tell) {
            proposals.execute(() -> tellTaken(0));
        }
    }

    private void propose(PartitionRecord record, Urgency urgency, boolean last) {
        synchronized (this) {
            if (detached || over) {
                return;
            }
            over = last;
            proposed++;
            try {
                proposals.propose(record, urgency);
            } catch (LogException e) {
                detached = true;
            }
        }
    }

    private void fail(TransientError error) {
        fail(AttemptFailure.of(error));
    }

    private void fail(AttemptFailure failure) {
        synchronized (this) {
            if (detached || over) {
                return;
            }
            over = true;
        }
        proposals.execute(() -> failures.failed(this, failure));
    }
}
