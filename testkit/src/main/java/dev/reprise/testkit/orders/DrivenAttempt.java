package dev.reprise.testkit.orders;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.handler.InvocationHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine's side of one attempt. Whatever it does, it lets the handler run as far as it can. */
final class DrivenAttempt implements AttemptOutput {
    private static final InvocationId ID = new InvocationId(1, 2, 3);
    private static final long SEED = 42;

    private final TurnThreads threads;
    private final AttemptInput input;
    private final Consumer<Command> commands;
    private final Map<Integer, Result> proposals = new HashMap<>();
    private boolean closed;
    private boolean ended;
    private @Nullable ErrorMessage error;
    private @Nullable FutureTree suspendedOn;
    private @Nullable RuntimeException refused;

    /** Opens an attempt; {@code commands} gets each new one. */
    DrivenAttempt(
            InvocationHandler handlers,
            String service,
            String handler,
            TurnThreads threads,
            Consumer<Command> commands) {
        this.threads = threads;
        this.commands = commands;
        this.input = handlers.open(service, handler, ProtocolVersion.V7, Map.of(), this)
                .orElseThrow();
    }

    /**
     * Sends the start and the journal.
     *
     * @param state the object's state; null if the handler has to ask for it
     */
    void begin(List<Message> journal, String key, int failures, @Nullable Map<Bytes, Bytes> state) {
        List<StateEntry> entries = new ArrayList<>();
        if (state != null) {
            state.forEach((name, value) -> entries.add(new StateEntry(name, value)));
        }
        List<Message> messages = new ArrayList<>(journal);
        messages.addFirst(new Start(
                ID.toBytes(),
                ID.toString(),
                journal.size(),
                entries,
                state == null,
                key,
                failures,
                0,
                SEED,
                null,
                null,
                null));
        receive(messages);
    }

    void receive(List<? extends Message> messages) {
        input.receive(messages.stream().map(MessageCodec::encode).toList());
        run();
    }

    /** Lets whatever has become ready continue. */
    void run() {
        threads.runUntilIdle();
        if (refused != null) {
            throw refused;
        }
    }

    void closeInput() {
        input.close();
        run();
    }

    void abort() {
        input.abort();
        threads.runUntilIdle();
        closed = true;
    }

    /** On the handler's thread, which would take an exception for a broken connection. */
    @Override
    public void send(List<RawMessage> messages) {
        try {
            messages.forEach(message -> sent(MessageCodec.decode(message)));
        } catch (RuntimeException e) {
            refused = e;
        }
    }

    private void sent(Message message) {
        switch (message) {
            case Command command -> commands.accept(command);
            case ProposeRunCompletion(int id, Result result, int ignored) -> proposals.put(id, result);
            case ErrorMessage failed -> error = failed;
            case Suspension(FutureTree tree) -> suspendedOn = tree;
            case End() -> ended = true;
            default -> {}
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The result that was proposed for a run; null if none was. */
    @Nullable
    Result proposal(int id) {
        return proposals.get(id);
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether the invocation has ended. */
    boolean hasEnded() {
        return ended;
    }

    /** Why it failed; null if it has not. */
    @Nullable
    ErrorMessage error() {
        return error;
    }

    /** What the handler waits for, once its input was closed. */
    String waitsFor() {
        List<String> leaves = new ArrayList<>();
        Stream.ofNullable(suspendedOn)
                .forEach(tree -> tree.forEachLeaf(id -> {
                    if (!id.equals(SignalIndex.CANCEL)) {
                        leaves.add(OrderText.of(id));
                    }
                }));
        return leaves.isEmpty() ? "something" : String.join(", ", leaves);
    }
}
