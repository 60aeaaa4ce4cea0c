package dev.reprise.engine.invoker;

import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.memory.HeldMemory;
import dev.reprise.engine.partition.CommandRules;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.PartitionRecord.DeploymentPinned;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a handler says in one attempt into records. The deployment calls it from one thread at a time, until the
 * handler's last message, or until the partition's thread {@link #end ends} it: from then on nothing counts.
 */
final class AttemptTranscript implements AttemptListener {
    /** How many messages that made no record may gather before they must be taken. */
    private static final int UNRECORDED_MAX = 32;

    /** Gets everything that is not a record. */
    interface Reader {
        /** The attempt failed; it says nothing more. On the partition's thread. */
        void failed(AttemptFailure failure);

        /** Messages that made no record have gathered. On the partition's thread. */
        void gathered();

        /** Everything that was sent has left. On the partition's thread. */
        void sent();

        /** There may be room for incoming messages. On the partition's thread. */
        void roomToReceive();

        /** The handler waits for this. On the deployment's thread. */
        void awaits(ControlMessage.AwaitingOn message);
    }

    private final AttemptId attempt;
    private final InvocationTarget target;
    private final List<Header> trace;
    private final ProtocolVersion version;
    private final int knownEntries;
    private final CallResolver calls;
    private final Proposals proposals;
    private final Reader reader;
    private final AttemptMemory memory;
    private final RecordsUnderway records;
    private final Acknowledgements acks = new Acknowledgements();

    /* Used by the deployment's thread alone. */
    private int nextCommand;
    /** More records come from the same frames. */
    private boolean moreFollows;
    /** One of the records before is urgent. */
    private boolean urgentBefore;

    private final Waits waits = new Waits();

    /* Guarded by this. */
    private boolean over;
    private boolean storesCommand;
    private @Nullable DeploymentPinned binding;
    private int unrecorded;

    AttemptTranscript(InvocationAttempt.Head head, CallResolver calls, Proposals proposals, Reader reader) {
        this.attempt = head.history().attempt();
        this.records = head.history().records();
        this.target = head.target();
        this.trace = head.trace();
        this.version = head.version();
        this.knownEntries = head.replayedEntries();
        this.nextCommand = head.replayedCommands();
        this.binding = head.binding();
        this.memory = head.memory();
        this.calls = calls;
        this.proposals = proposals;
        this.reader = reader;
    }

    Acknowledgements acknowledgements() {
        return acks;
    }

    /** Ends the transcript: nothing counts from now on. */
    synchronized void end() {
        over = true;
    }

    /** Whether a command of this attempt is stored, or will be. */
    synchronized boolean storesCommand() {
        return storesCommand;
    }

    /** How many messages made no record since this was last asked. */
    synchronized int takeUnrecorded() {
        int gathered = unrecorded;
        unrecorded = 0;
        return gathered;
    }

    @Override
    public void onFrames(List<Frame> frames) {
        int lastRecord = lastRecord(frames);
        for (int i = 0; i < frames.size(); i++) {
            moreFollows = i < lastRecord;
            try {
                take(frames.get(i));
            } catch (ProtocolException e) {
                fail(TransientError.of(ErrorCode.PROTOCOL_VIOLATION, "RT0012", String.valueOf(e.getMessage())));
            } catch (UnresolvedCallException e) {
                fail(TransientError.of(e.code(), e.errorCode(), String.valueOf(e.getMessage())));
            }
        }
    }

    /** The place of the last frame that makes a record; -1 for none. */
    private static int lastRecord(List<Frame> frames) {
        int last = frames.size() - 1;
        while (last >= 0 && makesNoRecord(frames.get(last).message().type())) {
            last--;
        }
        return last;
    }

    private static boolean makesNoRecord(int type) {
        return type == MessageType.AWAITING_ON.code() || type == MessageType.ERROR.code();
    }

    @Override
    public boolean holds(long bytes, long messageBytes) {
        if (messageBytes > memory.largestInBytes()) {
            fail(AttemptFailure.tooLarge("a message from the handler", messageBytes, memory.largestInBytes()));
            return false;
        }
        HeldMemory in = memory.in();
        boolean room = in.hold(bytes, () -> proposals.execute(reader::roomToReceive));
        if (room) {
            in.settle(bytes);
        }
        return room;
    }

    @Override
    public void onSent() {
        proposals.execute(reader::sent);
    }

    @Override
    public void onClosed() {
        String what = "the handler's stream ended before the invocation ended or suspended";
        fail(TransientError.of(ErrorCode.INTERNAL, "RT0010", what));
    }

    @Override
    public void onFailed(String reason) {
        onFailed(StreamFailure.network(reason));
    }

    @Override
    public void onFailed(StreamFailure failure) {
        fail(AttemptFailure.of(failure));
    }

    private void take(Frame frame) {
        RawMessage message = frame.message();
        if (MessageType.isCommand(message.type())) {
            takeCommand(message, frame.ackRequested());
        } else if (message.type() >= MessageType.CUSTOM_RANGE_START) {
            takeEntry(message, null, Urgency.SOON, frame.ackRequested());
        } else if (MessageCodec.decode(message) instanceof ControlMessage control) {
            takeControl(control, frame.sizeBytes(), frame.ackRequested());
        } else {
            throw new ProtocolException("a handler must not send notifications");
        }
    }

    private void takeCommand(RawMessage message, boolean ackRequested) {
        Command command = (Command) MessageCodec.decode(message);
        CommandRules.check(target, command);
        InvocationRequest call = command instanceof Command.Call || command instanceof Command.OneWayCall
                ? calls.resolve(new Origin.Caller(attempt.invocationId(), target), trace, command, nextCommand)
                : null;
        Urgency urgency = ackRequested || isAnswered(command) ? Urgency.NOW : Urgency.SOON;
        takeEntry(message, call, urgency, ackRequested);
    }

    /** Whether the engine acts upon it; any other command can share the force of whatever follows. */
    private static boolean isAnswered(Command command) {
        return switch (command) {
            case Command.Input _,
                    Command.Output _,
                    Command.Run _,
                    Command.SetState _,
                    Command.ClearState _,
                    Command.ClearAllState _,
                    Command.GetEagerState _,
                    Command.GetEagerStateKeys _ -> false;
            default -> true;
        };
    }

    private void takeEntry(RawMessage entry, @Nullable InvocationRequest call, Urgency urgency, boolean ackRequested) {
        int index = nextCommand++;
        bind();
        if (ackRequested) {
            acks.command(records.next(), index);
        }
        propose(new PartitionRecord.EntryAppended(attempt, entry, call), urgency, false);
    }

    private void takeControl(ControlMessage control, long bytes, boolean ackRequested) {
        switch (control) {
            case ControlMessage.ProposeRunCompletion m -> takeResult(m, bytes, ackRequested);
            case ControlMessage.Suspension m ->
                propose(new PartitionRecord.Suspended(attempt, m.awaitingOn(), knownEntries), Urgency.NOW, true);
            case ControlMessage.End _ -> propose(new PartitionRecord.Ended(attempt), Urgency.NOW, true);
            case ControlMessage.ErrorMessage m -> fail(AttemptFailure.of(m, version));
            case ControlMessage.AwaitingOn m -> {
                reader.awaits(m);
                waits.add(m, proposals.wallMillis());
                noteUnrecorded();
            }
            case ControlMessage.Start _, ControlMessage.CommandAck _, ControlMessage.ProposeRunCompletionAck _ ->
                throw new ProtocolException("a handler must not send " + control);
        }
    }

    /** Refuses a result that is too large to be sent to any attempt. */
    private void takeResult(ControlMessage.ProposeRunCompletion m, long bytes, boolean ackRequested) {
        if (bytes > memory.limitBytes()) {
            fail(AttemptFailure.tooLarge("the result of a run", bytes, memory.limitBytes()));
            return;
        }
        if (ackRequested && version.compareTo(ProtocolVersion.V7) >= 0) {
            acks.run(m.resultCompletionId());
        }
        bind();
        propose(new PartitionRecord.RunProposed(attempt, m.resultCompletionId(), m.result()), Urgency.NOW, false);
    }

    private void noteUnrecorded() {
        boolean tell;
        synchronized (this) {
            unrecorded++;
            tell = unrecorded == UNRECORDED_MAX;
        }
        if (tell) {
            proposals.execute(reader::gathered);
        }
    }

    /**
     * Proposes under the lock, so that every record on its way is counted when {@link #end} returns. The last record of
     * the same frames is as urgent as any of them, because one force serves them all.
     */
    private synchronized void propose(PartitionRecord.FromAttempt record, Urgency urgency, boolean last) {
        if (over) {
            return;
        }
        over = last;
        records.propose();
        storesCommand |= record instanceof PartitionRecord.EntryAppended;
        urgentBefore |= urgency == Urgency.NOW;
        Urgency together = urgentBefore && !moreFollows ? Urgency.NOW : Urgency.SOON;
        urgentBefore &= moreFollows;
        try {
            proposals.propose(waits.before(record), together);
        } catch (LogException e) {
            over = true;
        }
    }

    /**
     * Binds the invocation, by its first entry, to the deployment that made it, because no other could continue from
     * there. Until then, the next attempt is free to run on the latest deployment.
     */
    private synchronized void bind() {
        if (over || binding == null) {
            return;
        }
        DeploymentPinned record = binding;
        binding = null;
        records.propose();
        try {
            proposals.propose(record, Urgency.SOON);
        } catch (LogException e) {
            over = true;
        }
    }

    private void fail(TransientError error) {
        fail(AttemptFailure.of(error));
    }

    private void fail(AttemptFailure failure) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        proposals.execute(() -> reader.failed(failure));
    }
}
