package dev.reprise.sdk.scenario;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engine's side of one attempt, and all threads of the handler's side. What is sent is seen at once. */
final class FakeAttempt implements AttemptOutput {
    static final InvocationId ID = new InvocationId(1, 2, 3);
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final BatonThreads threads;
    private final AttemptInput input;
    private final Consumer<Message> listener;
    private final List<List<Message>> batches = new ArrayList<>();
    private boolean closed;
    private @Nullable RuntimeException refused;

    /**
     * Begins an attempt.
     *
     * @param service a service with one handler
     * @param listener told of each message as it is sent, on the handler's thread
     * @param seed who runs when
     */
    FakeAttempt(ServiceDefinition service, ProtocolVersion version, Consumer<Message> listener, long seed) {
        this(service, version, listener, new BatonThreads(new Random(seed)));
    }

    private FakeAttempt(
            ServiceDefinition service, ProtocolVersion version, Consumer<Message> listener, BatonThreads threads) {
        this(
                new InvocationHandler(List.of(service), threads, threads.clock(), () -> 0),
                service,
                version,
                listener,
                threads);
    }

    /** Begins an attempt in a process that has had others. */
    FakeAttempt(
            InvocationHandler handler,
            ServiceDefinition service,
            ProtocolVersion version,
            Consumer<Message> listener,
            BatonThreads threads) {
        this.threads = threads;
        this.listener = listener;
        String name = service.handlers().getFirst().name();
        this.input = handler.open(service.name(), name, version, Map.of("attempt", "1"), this)
                .orElseThrow();
    }

    /** Sends the start and the journal, and lets the handler run as far as it can. */
    FakeAttempt replay(List<? extends Message> journal, int retryCount, StateEntry... state) {
        return replay(journal, retryCount, false, state);
    }

    /** As {@link #replay(List, int, StateEntry...)}; {@code partialState} is whether the object may have more state. */
    FakeAttempt replay(List<? extends Message> journal, int retryCount, boolean partialState, StateEntry... state) {
        List<Message> messages = new ArrayList<>(journal);
        messages.addFirst(new Start(
                ID.toBytes(),
                ID.toString(),
                journal.size(),
                List.of(state),
                partialState,
                "my-key",
                retryCount,
                1000L * retryCount,
                42,
                null,
                null,
                null));
        return receive(messages.toArray(Message[]::new));
    }

    /** Sends messages, and lets the handler run as far as it can. */
    FakeAttempt receive(Message... messages) {
        input.receive(Stream.of(messages).map(MessageCodec::encode).toList());
        return runUntilIdle();
    }

    FakeAttempt closeInput() {
        input.close();
        return runUntilIdle();
    }

    /** Lets time pass. */
    FakeAttempt advance(Duration duration) {
        threads.advance(duration);
        return runUntilIdle();
    }

    /** The engine ends the attempt. */
    void abort() {
        input.abort();
        runUntilIdle();
    }

    private FakeAttempt runUntilIdle() {
        threads.runUntilIdle();
        if (refused != null) {
            throw refused;
        }
        return this;
    }

    /** Refuses what no engine could read. The handler takes that for the end of the stream; the test must not. */
    @Override
    public void send(List<RawMessage> messages) {
        try {
            List<Message> batch = messages.stream().map(MessageCodec::decode).toList();
            batches.add(batch);
            batch.forEach(listener);
        } catch (RuntimeException e) {
            refused = e;
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** What was sent, in the pieces in which it was. */
    List<List<Message>> batches() {
        return batches;
    }

    /** What was sent. */
    List<Message> sent() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /** What was sent, of one type. */
    <T extends Message> List<T> sent(Class<T> type) {
        return sent().stream().filter(type::isInstance).map(type::cast).toList();
    }

    static Command.Input input(String json) {
        return new Command.Input(List.of(new Header("my-header", "my-value")), Bytes.utf8(json), "");
    }

    static Result json(String json) {
        return new Result.Value(Bytes.utf8(json));
    }

    static Notification completion(MessageType type, int id, Result result) {
        return new Notification(type, new CompletionId(id), result);
    }

    /** The engine has stored a run's result. */
    static ProposeRunCompletionAck acknowledged(int run) {
        return new ProposeRunCompletionAck(run);
    }

    static Notification runCompleted(int id, String json) {
        return completion(MessageType.RUN_COMPLETION, id, json(json));
    }

    static Notification slept(int id) {
        return completion(MessageType.SLEEP_COMPLETION, id, Result.Empty.INSTANCE);
    }

    static Notification called(int id, String json) {
        return completion(MessageType.CALL_COMPLETION, id, json(json));
    }

    static Notification callStarted(int id, String invocationId) {
        return completion(MessageType.CALL_INVOCATION_ID_COMPLETION, id, new Result.InvocationIdValue(invocationId));
    }

    static Notification signal(NotificationId id, Result result) {
        return new Notification(MessageType.SIGNAL, id, result);
    }

    static Notification cancel() {
        return signal(SignalIndex.CANCEL, Result.Empty.INSTANCE);
    }
}
