package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;

/** Reads and writes of an object's or workflow's state; the same step answers a read. */
final class StateCommands {
    private StateCommands() {}

    static void get(Invocation invocation, Command.GetLazyState command, Step step) {
        Result result = step.tables()
                .state()
                .get(invocation.object(), command.key())
                .<Result>map(Result.Value::new)
                .orElse(Result.Empty.INSTANCE);
        Life.answer(invocation, MessageType.GET_LAZY_STATE_COMPLETION, command.resultCompletionId(), result, step);
    }

    static void keys(Invocation invocation, Command.GetLazyStateKeys command, Step step) {
        Result result = new Result.StateKeys(step.tables().state().entries(invocation.object()).stream()
                .map(StateEntry::key)
                .toList());
        Life.answer(invocation, MessageType.GET_LAZY_STATE_KEYS_COMPLETION, command.resultCompletionId(), result, step);
    }

    static void set(Invocation invocation, Command.SetState command, Step step) {
        step.tables().state().put(invocation.object(), command.key(), command.value());
    }

    static void clear(Invocation invocation, Command.ClearState command, Step step) {
        step.tables().state().delete(invocation.object(), command.key());
    }

    static void clearAll(Invocation invocation, Step step) {
        step.tables().state().clear(invocation.object());
    }
}
