package dev.reprise.testkit.orders;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.testkit.orders.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The world beyond the handler, as it responds to commands: the object's state, timers, promises, other handlers. */
final class Answers {
    private static final int CONFLICT = 409;
    /* A completion has the code of its command in another range. */
    private static final int COMPLETIONS = 0x8000;
    private static final int NUMBER_MASK = 0x1F;

    /**
     * An answer that is still outstanding.
     *
     * @param id the completion
     * @param type the kind of answer
     * @param command the command it answers
     * @param result makes the result when the answer comes; null for a run
     */
    record Open(
            int id,
            MessageType type,
            Command command,
            @Nullable Supplier<Result> result) {}

    private final OrderSetting setting;
    private final SerdeFactory serdes;
    private final Map<Integer, Open> open = new LinkedHashMap<>();
    private final Map<Bytes, Bytes> state = new TreeMap<>();
    private final Map<String, Result> promises = new LinkedHashMap<>();
    private final List<OrderCall> calls = new ArrayList<>();
    private final List<OrderCall> sends = new ArrayList<>();

    Answers(OrderSetting setting, SerdeFactory serdes) {
        this.setting = setting;
        this.serdes = serdes;
        setting.state.forEach((key, value) -> state.put(Bytes.utf8(key), OrderSetting.bytes(value, serdes)));
        setting.promises.forEach((name, value) -> promises.put(name, OrderSetting.result(value, serdes)));
    }

    Map<Bytes, Bytes> state() {
        return state;
    }

    List<OrderCall> calls() {
        return calls;
    }

    List<OrderCall> sends() {
        return sends;
    }

    /** The outstanding answers, in the order in which they were requested. */
    List<Open> open() {
        return List.copyOf(open.values());
    }

    /** The outstanding answer with this id. */
    Open find(int id) {
        Open found = open.get(id);
        if (found == null) {
            throw new IllegalArgumentException("Expected a completion that has not come, found " + id
                    + ". The order belongs to another handler, or this one has changed.");
        }
        return found;
    }

    /** Removes an answer that comes now. */
    void remove(int id) {
        open.remove(id);
    }

    /** Takes a command that the handler has issued. */
    void issued(Command command) {
        switch (command) {
            case Command.SetState set -> state.put(set.key(), set.value());
            case Command.ClearState clear -> state.remove(clear.key());
            case Command.ClearAllState ignored -> state.clear();
            case Command.GetLazyState get -> answer(get, get.resultCompletionId(), valueOf(state.get(get.key())));
            case Command.GetLazyStateKeys get ->
                answer(get, get.resultCompletionId(), new Result.StateKeys(List.copyOf(state.keySet())));
            case Command.Run run -> open(run.resultCompletionId(), MessageType.RUN_COMPLETION, run, null);
            case Command.Sleep sleep -> answer(sleep, sleep.resultCompletionId(), Result.Empty.INSTANCE);
            case Command.GetPromise get -> open(get, get.resultCompletionId(), () -> promises.get(get.key()));
            case Command.PeekPromise peek ->
                open(peek, peek.resultCompletionId(), () -> promises.getOrDefault(peek.key(), Result.Empty.INSTANCE));
            case Command.CompletePromise complete -> complete(complete);
            case Command.Call call -> call(call);
            case Command.OneWayCall call -> send(call);
            case Command.AttachInvocation ignored -> refuse(command);
            case Command.GetInvocationOutput ignored -> refuse(command);
            default -> {}
        }
    }

    private static Result valueOf(@Nullable Bytes bytes) {
        return bytes == null ? Result.Empty.INSTANCE : new Result.Value(bytes);
    }

    private void answer(Command command, int id, Result result) {
        open(command, id, () -> result);
    }

    private void open(Command command, int id, Supplier<@Nullable Result> result) {
        MessageType type = MessageType.ofCode(
                        COMPLETIONS | (MessageType.of(command).code() & NUMBER_MASK))
                .orElseThrow();
        open(id, type, command, () -> Optional.ofNullable(result.get()).orElseThrow());
    }

    private void open(int id, MessageType type, Command command, @Nullable Supplier<Result> result) {
        open.put(id, new Open(id, type, command, result));
    }

    private void complete(Command.CompletePromise command) {
        boolean first = promises.putIfAbsent(command.key(), command.completion()) == null;
        answer(
                command,
                command.resultCompletionId(),
                first
                        ? Result.Empty.INSTANCE
                        : new Result.Failed(new Failure(CONFLICT, "promise was already completed")));
    }

    private void call(Command.Call call) {
        OrderCall made = made(call.serviceName(), call.key(), call.handlerName(), call.parameter());
        calls.add(made);
        Function<OrderCall, @Nullable Object> stub = setting.calls;
        if (stub == null) {
            throw new Violation(Kind.SETTING, "It calls " + made + ". Say what comes of it: Orders.calls(call -> …).");
        }
        started(call, call.invocationIdCompletionId());
        open(call, call.resultCompletionId(), () -> result(stub, made));
    }

    private Result result(Function<OrderCall, @Nullable Object> stub, OrderCall call) {
        try {
            return OrderSetting.result(stub.apply(call), serdes);
        } catch (TerminalException reason) {
            return OrderSetting.failed(reason);
        }
    }

    private void send(Command.OneWayCall call) {
        sends.add(made(call.serviceName(), call.key(), call.handlerName(), call.parameter()));
        started(call, call.invocationIdCompletionId());
    }

    private void started(Command command, int id) {
        Result started = new Result.InvocationIdValue("inv_" + id);
        open(id, MessageType.CALL_INVOCATION_ID_COMPLETION, command, () -> started);
    }

    private OrderCall made(String service, String key, String handler, Bytes parameter) {
        return new OrderCall(new Target(service, key.isEmpty() ? null : key, handler), parameter, serdes);
    }

    private static void refuse(Command command) {
        throw new Violation(
                Kind.SETTING,
                "It asks for the result of an invocation that it has not called itself (" + OrderText.of(command)
                        + "), which cannot be explored. Test that with RepriseExtension.");
    }

    /** Whether this answer can come now: an id before its result, timers in the order of their times. */
    boolean canCome(Open answer) {
        return switch (answer.command()) {
            case Command.Call call ->
                answer.id() == call.invocationIdCompletionId() || !open.containsKey(call.invocationIdCompletionId());
            case Command.GetPromise get -> promises.containsKey(get.key());
            case Command.Sleep ignored -> answer.equals(nextTimer().orElseThrow());
            default -> true;
        };
    }

    private Optional<Open> nextTimer() {
        return open.values().stream()
                .filter(answer -> answer.command() instanceof Command.Sleep)
                .min(Comparator.comparingLong((Open answer) -> ((Command.Sleep) answer.command()).wakeUpTimeMillis())
                        .thenComparingInt(Open::id));
    }
}
