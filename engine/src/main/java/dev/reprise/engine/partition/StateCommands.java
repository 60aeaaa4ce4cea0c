package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** An object's or workflow's state. */
final class StateCommands {
    private StateCommands() {}

    static void apply(Invocation invocation, Command command, Step step) {
        InvocationTarget target = invocation.target();
        String key = Lifecycle.keyOf(target);
        switch (command) {
            case Command.SetState c -> step.tables().put(Key.state(target.service(), key, c.key()), c.value());
            case Command.ClearState c -> step.tables().delete(Key.state(target.service(), key, c.key()));
            case Command.ClearAllState _ -> step.tables().deleteAll(Key.ofObject(Key.STATE, target.service(), key));
            case Command.GetLazyState c ->
                Notifications.complete(
                        invocation,
                        MessageType.GET_LAZY_STATE_COMPLETION,
                        c.resultCompletionId(),
                        step.tables()
                                .get(Key.state(target.service(), key, c.key()))
                                .<Result>map(Result.Value::new)
                                .orElse(Result.Empty.INSTANCE),
                        step);
            case Command.GetLazyStateKeys c ->
                Notifications.complete(
                        invocation,
                        MessageType.GET_LAZY_STATE_KEYS_COMPLETION,
                        c.resultCompletionId(),
                        new Result.StateKeys(entries(step.tables(), target.service(), key).stream()
                                .map(StateEntry::key)
                                .toList()),
                        step);
            default -> throw new IllegalStateException("not a state command: " + command);
        }
    }

    /** All of an object's state, in key order. */
    static List<StateEntry> entries(Tables tables, String service, String key) {
        Bytes prefix = Key.ofObject(Key.STATE, service, key);
        List<StateEntry> entries = new ArrayList<>();
        tables.scan(prefix, (row, value) -> {
            byte[] stateKey = java.util.Arrays.copyOfRange(row.array(), prefix.size(), row.size());
            return entries.add(new StateEntry(Bytes.wrap(stateKey), value));
        });
        return entries;
    }

    /** Replaces an object's state if nothing runs on it and it is the state the caller has seen. */
    static void modify(PartitionRecord.ModifyStateRequested request, Step step) {
        List<StateEntry> present = entries(step.tables(), request.service(), request.key());
        String expected = request.expectedVersion();
        if (expected != null && !expected.equals(version(present))) {
            return;
        }
        step.tables().deleteAll(Key.ofObject(Key.STATE, request.service(), request.key()));
        new TreeMap<>(request.state())
                .forEach((key, value) -> step.tables().put(Key.state(request.service(), request.key(), key), value));
    }

    /** Names a state by its content. */
    static String version(List<StateEntry> entries) {
        BinaryWriter w = new BinaryWriter();
        entries.forEach(entry -> w.bytes(entry.key()).bytes(entry.value()));
        return Integer.toHexString(w.toBytes().hashCode());
    }
}
