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
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's stream as the engine sees it: turns what the handler says into records. The deployment calls it from any
 * one thread at a time; once {@link #detach detached} it says nothing more.
 */
final class InvocationAttempt implements AttemptListener {
    /** How an attempt failed. {@code retryDelayMillis} overrides the policy's delay; null for the policy's. */
    record AttemptFailure(TransientError error, @Nullable Long retryDelayMillis, ErrorBehavior behavior) {
        static AttemptFailure of(int code, String message) {
            return new AttemptFailure(TransientError.of(code, message), null, ErrorBehavior.RETRY);
        }

        static AttemptFailure of(ControlMessage.ErrorMessage m) {
            Integer type = m.relatedCommandType();
            TransientError error = new TransientError(
                    m.code(),
                    m.message(),
                    m.stacktrace(),
                    m.relatedCommandIndex(),
                    m.relatedCommandName(),
                    type == null ? null : MessageType.ofCode(type).orElse(null),
                    null);
            return new AttemptFailure(error, m.nextRetryDelayMillis(), m.behavior());
        }
    }

    /** Told, on the partition's thread, that an attempt failed. */
    interface FailureListener {
        void failed(InvocationAttempt attempt, AttemptFailure failure);
    }

    private final AttemptId id;
    private final InvocationTarget target;
    private final int replayedEntries;
    private final boolean canAckRuns;
    private final CallResolver calls;
    private final Proposals proposals;
    private final FailureListener failures;

    /* Guarded by this. */
    private boolean detached;
    private boolean over;
    private long proposed;
    private final TreeSet<Integer> runsToAck = new TreeSet<>();

    /* Used by the partition's thread alone. */
    private @Nullable AttemptStream stream;
    private long lastActiveMillis;
    private boolean inputClosed;

    InvocationAttempt(
            AttemptId id,
            InvocationTarget target,
            int replayedEntries,
            boolean canAckRuns,
            CallResolver calls,
            Proposals proposals,
            FailureListener failures) {
        this.id = id;
        this.target = target;
        this.replayedEntries = replayedEntries;
        this.canAckRuns = canAckRuns;
        this.calls = calls;
        this.proposals = proposals;
        this.failures = failures;
    }

    AttemptId id() {
        return id;
    }

    void opened(AttemptStream opened, long nowMillis) {
        stream = opened;
        lastActiveMillis = nowMillis;
    }

    long lastActiveMillis() {
        return lastActiveMillis;
    }

    /** Whether the handler wants to be told that a run's result is there, and not the result itself; asked once. */
    synchronized boolean wantsAck(int completionId) {
        return runsToAck.remove(completionId);
    }

    /** Sends the journal's entry with this index unless the replay had it. */
    void send(int index, RawMessage message, long nowMillis) {
        if (index >= replayedEntries && stream != null) {
            lastActiveMillis = nowMillis;
            stream.send(List.of(message));
        }
    }

    /** Sends the start and the replay. */
    void sendAll(List<RawMessage> messages) {
        if (stream != null) {
            stream.send(messages);
        }
    }

    void touch(long nowMillis) {
        lastActiveMillis = nowMillis;
    }

    /** Asks the handler to suspend when it can go no further; once. */
    void closeInput() {
        if (!inputClosed && stream != null) {
            inputClosed = true;
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

    @Override
    public void onFrames(List<Frame> frames) {
        for (Frame frame : frames) {
            try {
                take(frame);
            } catch (ProtocolException e) {
                fail(ErrorCode.PROTOCOL_VIOLATION, String.valueOf(e.getMessage()));
            } catch (UnresolvedCallException e) {
                fail(e.code(), String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public void onClosed() {
        fail(ErrorCode.INTERNAL, "the handler's stream ended before the invocation ended or suspended");
    }

    @Override
    public void onFailed(String reason) {
        fail(ErrorCode.INTERNAL, reason);
    }

    private void take(Frame frame) {
        RawMessage message = frame.message();
        if (MessageType.isCommand(message.type())) {
            takeCommand(message);
        } else if (message.type() >= MessageType.CUSTOM_RANGE_START) {
            propose(new PartitionRecord.EntryAppended(id, message, null), Urgency.SOON, false);
        } else if (MessageCodec.decode(message) instanceof ControlMessage control) {
            takeControl(control, frame.ackRequested());
        } else {
            throw new ProtocolException("a handler must not send notifications");
        }
    }

    private void takeCommand(RawMessage message) {
        boolean quiet = message.type() == MessageType.RUN.code() || message.type() == MessageType.OUTPUT.code();
        InvocationRequest call = null;
        if (!quiet) {
            Command command = (Command) MessageCodec.decode(message);
            CommandRules.check(target, command);
            if (command instanceof Command.Call || command instanceof Command.OneWayCall) {
                call = calls.resolve(new Origin.Caller(id.invocationId(), target), command);
            }
        }
        propose(new PartitionRecord.EntryAppended(id, message, call), quiet ? Urgency.SOON : Urgency.NOW, false);
    }

    private void takeControl(ControlMessage control, boolean ackRequested) {
        switch (control) {
            case ControlMessage.ProposeRunCompletion m -> takeResult(m, ackRequested);
            case ControlMessage.Suspension m ->
                propose(new PartitionRecord.Suspended(id, m.awaitingOn()), Urgency.NOW, true);
            case ControlMessage.End _ -> propose(new PartitionRecord.Ended(id), Urgency.NOW, true);
            case ControlMessage.ErrorMessage m -> fail(AttemptFailure.of(m));
            case ControlMessage.AwaitingOn _ -> {}
            case ControlMessage.Start _, ControlMessage.CommandAck _, ControlMessage.ProposeRunCompletionAck _ ->
                throw new ProtocolException("a handler must not send " + control);
        }
    }

    private void takeResult(ControlMessage.ProposeRunCompletion m, boolean ackRequested) {
        if (canAckRuns && ackRequested) {
            synchronized (this) {
                runsToAck.add(m.resultCompletionId());
            }
        }
        propose(new PartitionRecord.RunProposed(id, m.resultCompletionId(), m.result()), Urgency.NOW, false);
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

    private void fail(int code, String message) {
        fail(AttemptFailure.of(code, message));
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
