package dev.reprise.testkit.orders;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import java.util.Locale;

/** Commands and results, for people. */
final class OrderText {
    private static final int CHARS_MAX = 80;

    private OrderText() {}

    static String of(Bytes value) {
        String text = value.utf8().replace('\n', ' ');
        return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX) + "…";
    }

    static String of(Result result) {
        return switch (result) {
            case Result.Empty() -> "nothing";
            case Result.Value(Bytes content) -> content.isEmpty() ? "done" : of(content);
            case Result.Failed(var failure) -> "failure [" + failure.code() + "] " + failure.message();
            case Result.InvocationIdValue(String id) -> id;
            case Result.StateKeys(var keys) ->
                String.join(", ", keys.stream().map(Bytes::utf8).toList());
        };
    }

    static String of(Command command) {
        return switch (command) {
            case Command.Output(Result result, String ignored) -> "ends with " + of(result);
            case Command.GetLazyState get -> "get " + get.key().utf8();
            case Command.GetEagerState get -> "get " + get.key().utf8() + ": " + of(get.result());
            case Command.SetState set -> "set " + set.key().utf8() + " to " + of(set.value());
            case Command.ClearState clear -> "clear " + clear.key().utf8();
            case Command.GetPromise get -> "promise \"" + get.key() + "\"";
            case Command.PeekPromise peek -> "peek promise \"" + peek.key() + "\"";
            case Command.CompletePromise complete ->
                "complete promise \"" + complete.key() + "\" with " + of(complete.completion());
            case Command.Sleep sleep -> named("timer", sleep.name());
            case Command.Call call ->
                "call " + call.serviceName() + "/" + call.handlerName() + "(" + of(call.parameter()) + ")";
            case Command.OneWayCall call ->
                "send " + call.serviceName() + "/" + call.handlerName() + "(" + of(call.parameter()) + ")";
            case Command.SendSignal signal ->
                signal.signal().equals(NotificationId.SignalIndex.CANCEL)
                        ? "cancel " + signal.targetInvocationId()
                        : "signal " + signal.targetInvocationId() + ": " + of(signal.result());
            case Command.Run run -> named("run", run.name());
            case Command.CompleteAwakeable complete ->
                "complete awakeable " + complete.awakeableId() + " with " + of(complete.result());
            default ->
                named(
                        command.getClass()
                                .getSimpleName()
                                .replaceAll("(?<=.)([A-Z])", " $1")
                                .toLowerCase(Locale.ROOT),
                        command.name());
        };
    }

    static String of(NotificationId id) {
        return switch (id) {
            case NotificationId.CompletionId(int number) -> "completion " + number;
            case NotificationId.SignalIndex(int index) ->
                id.equals(NotificationId.SignalIndex.CANCEL)
                        ? "a cancellation"
                        : "awakeable " + (index - NotificationId.SignalIndex.FIRST_AWAKEABLE + 1);
            case NotificationId.SignalName(String name) -> "signal \"" + name + "\"";
        };
    }

    private static String named(String what, String name) {
        return name.isEmpty() ? what : what + " \"" + name + "\"";
    }
}
