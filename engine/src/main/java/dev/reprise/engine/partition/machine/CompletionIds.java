package dev.reprise.engine.partition.machine;

import dev.reprise.protocol.Command;
import java.util.List;

/** The completions that answer a command. */
final class CompletionIds {
    private CompletionIds() {}

    static List<Integer> of(Command command) {
        return switch (command) {
            case Command.GetLazyState c -> List.of(c.resultCompletionId());
            case Command.GetLazyStateKeys c -> List.of(c.resultCompletionId());
            case Command.GetPromise c -> List.of(c.resultCompletionId());
            case Command.PeekPromise c -> List.of(c.resultCompletionId());
            case Command.CompletePromise c -> List.of(c.resultCompletionId());
            case Command.Sleep c -> List.of(c.resultCompletionId());
            case Command.Call c -> List.of(c.invocationIdCompletionId(), c.resultCompletionId());
            case Command.OneWayCall c -> List.of(c.invocationIdCompletionId());
            case Command.Run c -> List.of(c.resultCompletionId());
            case Command.AttachInvocation c -> List.of(c.resultCompletionId());
            case Command.GetInvocationOutput c -> List.of(c.resultCompletionId());
            case Command.Input _,
                    Command.Output _,
                    Command.SetState _,
                    Command.ClearState _,
                    Command.ClearAllState _,
                    Command.GetEagerState _,
                    Command.GetEagerStateKeys _,
                    Command.SendSignal _,
                    Command.CompleteAwakeable _ -> List.of();
        };
    }
}
