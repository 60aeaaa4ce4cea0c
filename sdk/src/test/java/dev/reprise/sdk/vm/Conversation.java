package dev.reprise.sdk.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An engine's side of an attempt, scripted message by message, around the machine under test. Also the words the
 * scripts are written with.
 */
final class Conversation {
    static final InvocationId ID = new InvocationId(1, 2, 3);

    private final ProtocolVersion version;
    private final List<StateEntry> state = new ArrayList<>();
    private boolean partialState;
    private int retryCount;
    private long retryMillis;
    final InvocationStateMachine machine;

    private Conversation(ProtocolVersion version, PayloadChecks checks) {
        this.version = version;
        machine = new InvocationStateMachine(version, checks);
    }

    static Conversation on(ProtocolVersion version) {
        return new Conversation(version, PayloadChecks.ENABLED);
    }

    static Conversation onV7() {
        return on(ProtocolVersion.V7);
    }

    static Conversation withoutPayloadChecks() {
        return new Conversation(ProtocolVersion.V7, PayloadChecks.DISABLED);
    }

    Conversation partialState() {
        partialState = true;
        return this;
    }

    Conversation state(String key, String value) {
        state.add(new StateEntry(Bytes.utf8(key), Bytes.utf8(value)));
        return this;
    }

    Conversation retried(int count, long millis) {
        retryCount = count;
        retryMillis = millis;
        return this;
    }

    /** The start, the input and these entries, all of them known from before. */
    Conversation replay(Message... entries) {
        return start(entries.length + 1).receive(input("my-data")).receive(entries);
    }

    Conversation start(int knownEntries) {
        return receive(new Start(
                ID.toBytes(),
                ID.toString(),
                knownEntries,
                state,
                partialState,
                "my-key",
                retryCount,
                retryMillis,
                42,
                "my-scope",
                "my-limit",
                "my-idempotency"));
    }

    Conversation receive(Message... messages) {
        for (Message message : messages) {
            machine.receive(MessageCodec.encode(message));
        }
        return this;
    }

    Conversation closeInput() {
        machine.inputClosed();
        return this;
    }

    List<Message> output() {
        return machine.takeOutput().stream().map(MessageCodec::decode).toList();
    }

    /** Compares what was written, in the form the wire gives these messages: a tree's leaves stand before its nodes. */
    void expect(Message... messages) {
        assertThat(output())
                .isEqualTo(Stream.of(messages)
                        .map(message -> MessageCodec.decode(MessageCodec.encode(message)))
                        .toList());
    }

    ErrorMessage expectError(int code) {
        List<Message> output = output();
        assertThat(output).isNotEmpty();
        assertThat(machine.isClosed()).isTrue();
        ErrorMessage error = (ErrorMessage) output.getLast();
        assertThat(error.code()).isEqualTo(code);
        return error;
    }

    ProtocolVersion version() {
        return version;
    }

    static Command.Input input(String text) {
        return new Command.Input(List.of(new Header("my-header", "my-value")), Bytes.utf8(text), "");
    }

    static Command.Sleep sleep(int id) {
        return new Command.Sleep(0, id, "");
    }

    static Command.Run run(int id, String name) {
        return new Command.Run(id, name);
    }

    static Command.Output output(String text) {
        return new Command.Output(value(text), "");
    }

    static Notification sleepCompleted(int id) {
        return completed(MessageType.SLEEP_COMPLETION, id, Result.Empty.INSTANCE);
    }

    static Notification runCompleted(int id, String text) {
        return completed(MessageType.RUN_COMPLETION, id, value(text));
    }

    static Notification callStarted(int id, String invocationId) {
        return completed(MessageType.CALL_INVOCATION_ID_COMPLETION, id, new Result.InvocationIdValue(invocationId));
    }

    static Notification completed(MessageType type, int id, Result result) {
        return new Notification(type, new CompletionId(id), result);
    }

    static Notification cancelled() {
        return new Notification(MessageType.SIGNAL, SignalIndex.CANCEL, Result.Empty.INSTANCE);
    }

    static Notification signalled(int index, String text) {
        return new Notification(MessageType.SIGNAL, new SignalIndex(index), value(text));
    }

    static Notification signalled(String name, String text) {
        return new Notification(MessageType.SIGNAL, new SignalName(name), value(text));
    }

    static Result value(String text) {
        return new Result.Value(Bytes.utf8(text));
    }

    static FutureTree leaf(NotificationId id) {
        return new FutureTree.Leaf(id);
    }

    static FutureTree leaf(int completion) {
        return leaf(new CompletionId(completion));
    }

    static FutureTree race(FutureTree... children) {
        return new FutureTree.Combinator(FutureTree.Kind.FIRST_COMPLETED, List.of(children));
    }

    static FutureTree all(FutureTree... children) {
        return new FutureTree.Combinator(FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED, List.of(children));
    }

    /** As the machine writes a tree: the cancel signal beside it. */
    static FutureTree orCancelled(FutureTree tree) {
        return race(tree, leaf(SignalIndex.CANCEL));
    }
}
