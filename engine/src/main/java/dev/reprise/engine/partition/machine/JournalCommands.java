package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.CommandRules;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.CustomEntry;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.time.Millis;
import dev.reprise.protocol.wire.MessageCodec;

/** What a handler's commands do. Every command is journaled first, then carried out. */
final class JournalCommands {
    private JournalCommands() {}

    static void append(Invocation invocation, PartitionRecord.EntryAppended appended, Step step) {
        RawMessage entry = appended.entry();
        Message message;
        try {
            message = MessageCodec.decode(entry);
            CommandRules.check(invocation.target(), message);
        } catch (ProtocolException e) {
            Life.violated(invocation, String.valueOf(e.getMessage()), step);
            return;
        }
        switch (message) {
            case Command command -> {
                Life.append(invocation.id(), entry, step);
                carryOut(invocation, command, appended, step);
            }
            case CustomEntry _ -> Life.append(invocation.id(), entry, step);
            default -> Life.violated(invocation, "no entry of a handler's: " + message, step);
        }
    }

    private static void carryOut(
            Invocation invocation, Command command, PartitionRecord.EntryAppended appended, Step step) {
        switch (command) {
            case Command.GetLazyState c -> StateCommands.get(invocation, c, step);
            case Command.GetLazyStateKeys c -> StateCommands.keys(invocation, c, step);
            case Command.SetState c -> StateCommands.set(invocation, c, step);
            case Command.ClearState c -> StateCommands.clear(invocation, c, step);
            case Command.ClearAllState _ -> StateCommands.clearAll(invocation, step);
            case Command.GetPromise c -> PromiseCommands.get(invocation, c, step);
            case Command.PeekPromise c -> PromiseCommands.peek(invocation, c, step);
            case Command.CompletePromise c -> PromiseCommands.complete(invocation, c, step);
            case Command.Sleep c -> sleep(invocation, c, step);
            case Command.Call c -> CallCommands.call(invocation, c.invocationIdCompletionId(), appended.call(), step);
            case Command.OneWayCall c ->
                CallCommands.call(invocation, c.invocationIdCompletionId(), appended.call(), step);
            case Command.SendSignal c -> SignalCommands.send(c, step);
            case Command.CompleteAwakeable c -> SignalCommands.completeAwakeable(c, step);
            case Command.AttachInvocation c -> AttachCommands.attach(invocation, c, step);
            case Command.GetInvocationOutput c -> AttachCommands.output(invocation, c, step);
            case Command.GetEagerState _,
                    Command.GetEagerStateKeys _,
                    Command.Input _,
                    Command.Output _,
                    Command.Run _ -> {}
        }
    }

    private static void sleep(Invocation invocation, Command.Sleep command, Step step) {
        step.register(new TimerKey(
                Millis.ofUnsigned(command.wakeUpTimeMillis()),
                TimerKey.Kind.SLEEP,
                invocation.id(),
                command.resultCompletionId()));
    }
}
