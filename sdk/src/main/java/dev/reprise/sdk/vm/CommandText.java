package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Describes commands and their values to a person who debugs a handler. */
final class CommandText {
    private static final int SHOWN_CHARACTERS_MAX = 200;

    private CommandText() {}

    /** A command's kind, target and name, such as {@code call Greeter/greet (name 'first')}. */
    static String of(Command command) {
        String text = target(command);
        return command.name().isEmpty() ? text : text + " (name '" + command.name() + "')";
    }

    private static String target(Command command) {
        return switch (command) {
            case Command.Input ignored -> "input";
            case Command.Output ignored -> "output";
            case Command.GetLazyState c -> "get state " + value(c.key());
            case Command.GetEagerState c -> "get state " + value(c.key());
            case Command.SetState c -> "set state " + value(c.key());
            case Command.ClearState c -> "clear state " + value(c.key());
            case Command.ClearAllState ignored -> "clear all state";
            case Command.GetLazyStateKeys ignored -> "get state keys";
            case Command.GetEagerStateKeys ignored -> "get state keys";
            case Command.GetPromise c -> "get promise '" + c.key() + "'";
            case Command.PeekPromise c -> "peek promise '" + c.key() + "'";
            case Command.CompletePromise c -> "complete promise '" + c.key() + "'";
            case Command.Sleep ignored -> "sleep";
            case Command.Call c -> "call " + handler(c.serviceName(), c.key(), c.handlerName());
            case Command.OneWayCall c -> "one-way call " + handler(c.serviceName(), c.key(), c.handlerName());
            case Command.SendSignal c -> "send " + of(c.signal()) + " to " + c.targetInvocationId();
            case Command.Run ignored -> "run";
            case Command.AttachInvocation c -> "attach to " + of(c.target());
            case Command.GetInvocationOutput c -> "get the output of " + of(c.target());
            case Command.CompleteAwakeable c -> "complete awakeable " + c.awakeableId();
        };
    }

    private static String handler(String service, String key, String handler) {
        return key.isEmpty() ? service + "/" + handler : service + "/" + key + "/" + handler;
    }

    static String of(NotificationId id) {
        return switch (id) {
            case NotificationId.CompletionId(int number) -> "completion " + number;
            case NotificationId.SignalName(String name) -> "signal '" + name + "'";
            case NotificationId.SignalIndex signal
            when signal.equals(NotificationId.SignalIndex.CANCEL) -> "the cancel signal";
            case NotificationId.SignalIndex(int index) -> "signal " + index;
        };
    }

    /** What a handler awaits, from left to right. */
    static String of(FutureTree tree, Function<NotificationId, String> nameOfLeaf) {
        List<String> leaves = new ArrayList<>();
        tree.forEachLeaf(id -> leaves.add(nameOfLeaf.apply(id)));
        return leaves.isEmpty() ? "nothing that can complete" : String.join(", ", leaves);
    }

    private static String of(InvocationReference reference) {
        return switch (reference) {
            case InvocationReference.ById(String id) -> "invocation " + id;
            case InvocationReference.ByIdempotencyKey r ->
                "invocation of " + r.serviceName() + "/" + r.handlerName() + " with idempotency key '"
                        + r.idempotencyKey() + "'";
            case InvocationReference.ByWorkflow r -> "workflow " + r.workflowName() + "/" + r.workflowKey();
        };
    }

    /** A field's value; a long one is cut. */
    static String value(@Nullable Object value) {
        String text = switch (value) {
            case null -> "nothing";
            case Bytes bytes -> bytes(bytes);
            case String string -> "'" + string + "'";
            case NotificationId id -> of(id);
            case InvocationReference reference -> of(reference);
            case Result result -> result(result);
            case Object other -> other.toString();
        };
        return text.length() <= SHOWN_CHARACTERS_MAX ? text : text.substring(0, SHOWN_CHARACTERS_MAX) + "…";
    }

    private static String result(Result result) {
        return switch (result) {
            case Result.Empty() -> "nothing";
            case Result.Value(Bytes content) -> bytes(content);
            case Result.Failed(Failure failure) -> "failure " + failure.code() + " '" + failure.message() + "'";
            case Result.InvocationIdValue(String id) -> id;
            case Result.StateKeys(var keys) -> keys.toString();
        };
    }

    private static String bytes(Bytes bytes) {
        String text = bytes.utf8();
        boolean readable = Bytes.utf8(text).equals(bytes) && text.chars().noneMatch(Character::isISOControl);
        return readable ? "'" + text + "'" : bytes.toString();
    }
}
