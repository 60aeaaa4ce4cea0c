package dev.reprise.sdk.vm;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The phases of an attempt: how the engine's messages, the handler's commands and the three ways to end change them.
 * {@link InvocationStateMachine} knows what the commands mean.
 */
final class AttemptPhases {
    /** The error code for something that the protocol version does not have. */
    private static final int UNSUPPORTED_FEATURE = 573;

    private final ProtocolVersion version;
    private final ReplayCursor cursor;
    private final Output output;
    private final NotificationQueue notifications = new NotificationQueue();
    private Phase phase = Phase.WAITING_START;
    private @Nullable Start start;
    private @Nullable EagerState state;
    private @Nullable InvocationStart invocation;
    private int entriesToCome;
    private int failedTries;
    private boolean inputClosed;
    private boolean firstCommandWritten;

    AttemptPhases(ProtocolVersion version, PayloadChecks checks) {
        this.version = version;
        cursor = new ReplayCursor(checks);
        output = new Output(version);
    }

    Phase phase() {
        return phase;
    }

    boolean isInputClosed() {
        return inputClosed;
    }

    /** Whether this attempt has written a new command. */
    boolean isFirstCommandWritten() {
        return firstCommandWritten;
    }

    ProtocolVersion version() {
        return version;
    }

    EagerState state() {
        return started(state);
    }

    InvocationStart invocation() {
        return started(invocation);
    }

    private static <T> T started(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the start and the known entries have not arrived, see isReady()");
        }
        return value;
    }

    NotificationQueue notifications() {
        return notifications;
    }

    Output output() {
        return output;
    }

    ReplayCursor cursor() {
        return cursor;
    }

    void receive(RawMessage raw) {
        if (phase == Phase.CLOSED) {
            return;
        }
        try {
            accept(MessageCodec.decode(raw));
        } catch (ProtocolException e) {
            violation(String.valueOf(e.getMessage()));
        }
    }

    void inputClosed() {
        inputClosed = true;
        if (phase == Phase.WAITING_START || phase == Phase.WAITING_ENTRIES) {
            violation("the input ended before the start and all known entries had arrived");
        }
    }

    private void accept(Message message) {
        switch (message) {
            case Start m when phase == Phase.WAITING_START -> begin(m);
            case Command m
            when phase == Phase.WAITING_ENTRIES -> {
                cursor.record(m);
                entryArrived();
            }
            case Notification m
            when phase == Phase.WAITING_ENTRIES -> {
                notifications.arriveKnown(m);
                entryArrived();
            }
            case Notification m when phase != Phase.WAITING_START -> notifications.arrive(m);
            case ProposeRunCompletionAck m
            when phase == Phase.PROCESSING -> notifications.acknowledge(m.completionId());
            default -> throw unexpected(message);
        }
    }

    private ProtocolException unexpected(Message message) {
        return new ProtocolException(
                message.getClass().getSimpleName() + " must not arrive in phase " + phase + " of an attempt");
    }

    private void begin(Start message) {
        if (message.knownEntries() < 1) {
            throw new ProtocolException("the start must announce the input at least, knows "
                    + Integer.toUnsignedString(message.knownEntries()) + " entries");
        }
        start = message;
        state = new EagerState(message);
        entriesToCome = message.knownEntries();
        phase = Phase.WAITING_ENTRIES;
    }

    private void entryArrived() {
        if (phase == Phase.WAITING_ENTRIES && --entriesToCome == 0) {
            if (!(cursor.next().orElse(null) instanceof Command.Input input)) {
                throw new ProtocolException("the journal must begin with the input");
            }
            cursor.match(input);
            invocation = InvocationStart.of(started(start), input, version);
            phase = cursor.isReplaying() ? Phase.REPLAYING : Phase.PROCESSING;
        }
    }

    /** Repeats a recorded command or writes a new one. */
    void issue(Command attempted) {
        requireRunning(() -> CommandText.of(attempted));
        if (phase == Phase.PROCESSING) {
            cursor.append(attempted);
            output.send(attempted);
            firstCommandWritten = true;
            return;
        }
        cursor.match(attempted);
        if (!cursor.isReplaying()) {
            phase = Phase.PROCESSING;
        }
    }

    /** Checks that the handler may continue. */
    void requireRunning(Supplier<String> attempted) {
        if (phase == Phase.CLOSED) {
            throw new AttemptClosedException(attempted.get());
        }
        cursor.requireNoMismatch();
        if (!phase.isRunning()) {
            throw new IllegalStateException("the handler must not begin in phase " + phase + ", see isReady()");
        }
    }

    /** Checks that the journal has no more commands; any would show that the handler did not do this before. */
    void requireReplayed(Supplier<String> attempted, Supplier<List<String>> remarks) {
        requireRunning(attempted);
        if (phase == Phase.REPLAYING) {
            throw cursor.insteadOfCommand(attempted.get(), remarks.get());
        }
    }

    /** Closes with error 573 if {@code feature} needs a newer protocol version. */
    void requireVersion(ProtocolVersion needed, String feature) {
        if (version.compareTo(needed) < 0) {
            String message = feature + " needs service protocol " + needed + ", the engine speaks " + version;
            fail(AttemptError.of(UNSUPPORTED_FEATURE, message), lastCommand());
            throw new AttemptClosedException(feature);
        }
    }

    void suspend(FutureTree tree) {
        output.suspend(tree);
        phase = Phase.CLOSED;
    }

    void end() {
        if (phase == Phase.CLOSED) {
            return;
        }
        requireReplayed(() -> "end", List::of);
        output.send(End.INSTANCE);
        phase = Phase.CLOSED;
    }

    /** The description of a command in the engine's messages for users. */
    record RelatedCommand(int index, String name, MessageType type) {}

    Optional<RelatedCommand> lastCommand() {
        return cursor.last().map(command -> {
            int code = MessageCodec.encode(command).type();
            return new RelatedCommand(
                    cursor.lastIndex(), command.name(), MessageType.ofCode(code).orElseThrow());
        });
    }

    /** A closure has failed for the moment. */
    void closureFailed() {
        failedTries++;
    }

    /** Sends a run's result; from V7 on only an acknowledgement will come, so it is kept. */
    void propose(ProposeRunCompletion proposal) {
        if (version.compareTo(ProtocolVersion.V7) >= 0) {
            notifications.keepProposal(new CompletionId(proposal.resultCompletionId()), proposal.result());
        }
        output.send(new ProposeRunCompletion(proposal.resultCompletionId(), proposal.result(), takeFailedTries()));
    }

    /** How often closures have failed since this was last asked. */
    private int takeFailedTries() {
        int taken = failedTries;
        failedTries = 0;
        return taken;
    }

    void fail(AttemptError failure, Optional<RelatedCommand> related) {
        if (phase == Phase.CLOSED) {
            return;
        }
        output.send(new ErrorMessage(
                failure.code(),
                failure.message(),
                failure.stacktrace(),
                related.map(RelatedCommand::index).orElse(null),
                related.map(RelatedCommand::name)
                        .filter(name -> !name.isEmpty())
                        .orElse(null),
                related.map(command -> command.type().code()).orElse(null),
                failure.nextRetryDelayMillis(),
                version == ProtocolVersion.V7 ? failure.behavior() : ErrorBehavior.RETRY,
                takeFailedTries()));
        phase = Phase.CLOSED;
    }

    private void violation(String message) {
        fail(AttemptError.of(ErrorCode.PROTOCOL_VIOLATION, message), Optional.empty());
    }
}
