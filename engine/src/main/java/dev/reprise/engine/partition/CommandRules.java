package dev.reprise.engine.partition;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;

/**
 * Which commands a handler may send, depending on what it is a handler of. A command that is checked before it is
 * proposed can fail the attempt at once; a command that breaks a rule and still reaches the log pauses its invocation.
 */
public final class CommandRules {
    private CommandRules() {}

    /**
     * Checks a journal entry that a handler made.
     *
     * @throws ProtocolException when a handler of {@code target} must not make it, or it names something impossible
     */
    public static void check(InvocationTarget target, Message entry) {
        if (entry instanceof Command command) {
            checkCommand(target, command);
        }
    }

    private static void checkCommand(InvocationTarget target, Command command) {
        switch (command) {
            case Command.Input _ -> throw new ProtocolException("the input is not for the handler to say");
            case Command.SetState _, Command.ClearState _, Command.ClearAllState _ -> checkWrites(target, command);
            case Command.GetLazyState _,
                    Command.GetLazyStateKeys _,
                    Command.GetEagerState _,
                    Command.GetEagerStateKeys _ -> checkKeyed(target, command);
            case Command.GetPromise _, Command.PeekPromise _, Command.CompletePromise _ ->
                checkWorkflow(target, command);
            case Command.SendSignal c -> InvocationId.parse(c.targetInvocationId());
            case Command.CompleteAwakeable c -> checkAwakeable(AwakeableId.parse(c.awakeableId()));
            case Command.AttachInvocation c -> checkReference(c.target());
            case Command.GetInvocationOutput c -> checkReference(c.target());
            case Command.Call _, Command.OneWayCall _, Command.Sleep _, Command.Run _, Command.Output _ -> {}
        }
    }

    private static void checkKeyed(InvocationTarget target, Command command) {
        if (target.kind() == HandlerKind.SERVICE) {
            throw refused(command, target, "only a virtual object or a workflow has state");
        }
    }

    private static void checkWrites(InvocationTarget target, Command command) {
        checkKeyed(target, command);
        if (target.kind() == HandlerKind.OBJECT_SHARED || target.kind() == HandlerKind.WORKFLOW_SHARED) {
            throw refused(command, target, "a shared handler must not write state");
        }
    }

    private static void checkWorkflow(InvocationTarget target, Command command) {
        if (target.kind() != HandlerKind.WORKFLOW_RUN && target.kind() != HandlerKind.WORKFLOW_SHARED) {
            throw refused(command, target, "only a workflow has promises");
        }
    }

    private static void checkAwakeable(AwakeableId id) {
        if (id.signalIndex() < SignalIndex.FIRST_AWAKEABLE) {
            throw new ProtocolException("no awakeable has the signal index " + id.signalIndex() + "; they begin at "
                    + SignalIndex.FIRST_AWAKEABLE);
        }
    }

    private static void checkReference(InvocationReference reference) {
        if (reference instanceof InvocationReference.ById(String id)) {
            InvocationId.parse(id);
        }
    }

    private static ProtocolException refused(Command command, InvocationTarget target, String why) {
        return new ProtocolException(command.getClass().getSimpleName() + " in " + target + ": " + why);
    }
}
