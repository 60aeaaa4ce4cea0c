package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a command that must be the same in a replay. Times are not among them, because the handler computes
 * them from its clock.
 */
final class CommandFields {
    /** One field; the value is null when the command omits it. */
    private record Field(String name, @Nullable Object value) {}

    /** Stands for every payload if payloads are not compared. */
    private static final String ANY_PAYLOAD = "any payload";

    private final boolean withPayloads;
    private final List<Field> fields = new ArrayList<>();

    private CommandFields(Command command, PayloadChecks checks) {
        withPayloads = checks == PayloadChecks.ENABLED;
        add("name", command.name());
        collect(command);
    }

    /** Whether a replay considers two commands of the same type equal. */
    static boolean match(Command recorded, Command attempted, PayloadChecks checks) {
        return recorded.equals(attempted)
                || recorded.getClass() == attempted.getClass()
                        && new CommandFields(recorded, checks)
                                .fields.equals(new CommandFields(attempted, checks).fields);
    }

    /** One line for each field in which two commands of the same type differ. */
    static List<String> differences(Command recorded, Command attempted, PayloadChecks checks) {
        List<Field> left = new CommandFields(recorded, checks).fields;
        List<Field> right = new CommandFields(attempted, checks).fields;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            @Nullable Object before = left.get(i).value();
            @Nullable Object now = right.get(i).value();
            if (!Objects.equals(before, now)) {
                lines.add(left.get(i).name() + ": recorded " + CommandText.value(before) + ", attempted "
                        + CommandText.value(now));
            }
        }
        return lines;
    }

    private void collect(Command command) {
        switch (command) {
            case Command.Input ignored -> {}
            case Command.ClearAllState ignored -> {}
            case Command.GetEagerStateKeys ignored -> {}
            case Command.Output c -> payload("result", c.result());
            case Command.GetLazyState c -> add("key", c.key()).completion(c.resultCompletionId());
            case Command.SetState c -> add("key", c.key()).payload("value", c.value());
            case Command.ClearState c -> add("key", c.key());
            case Command.GetLazyStateKeys c -> completion(c.resultCompletionId());
            case Command.GetEagerState c -> add("key", c.key());
            case Command.GetPromise c -> add("promise", c.key()).completion(c.resultCompletionId());
            case Command.PeekPromise c -> add("promise", c.key()).completion(c.resultCompletionId());
            case Command.CompletePromise c ->
                add("promise", c.key()).payload("result", c.completion()).completion(c.resultCompletionId());
            case Command.Sleep c -> completion(c.resultCompletionId());
            case Command.Call c -> collectCall(c);
            case Command.OneWayCall c -> collectOneWayCall(c);
            case Command.SendSignal c ->
                add("target", c.targetInvocationId()).add("signal", c.signal()).payload("result", c.result());
            case Command.Run c -> completion(c.resultCompletionId());
            case Command.AttachInvocation c -> add("target", c.target()).completion(c.resultCompletionId());
            case Command.GetInvocationOutput c -> add("target", c.target()).completion(c.resultCompletionId());
            case Command.CompleteAwakeable c ->
                add("awakeable", c.awakeableId()).payload("result", c.result());
        }
    }

    private void collectCall(Command.Call c) {
        add("service", c.serviceName())
                .add("handler", c.handlerName())
                .add("key", c.key())
                .payload("parameter", c.parameter())
                .add("headers", c.headers())
                .add("idempotency key", c.idempotencyKey())
                .add("scope", c.scope())
                .add("limit key", c.limitKey())
                .add("invocation id's completion", c.invocationIdCompletionId())
                .completion(c.resultCompletionId());
    }

    private void collectOneWayCall(Command.OneWayCall c) {
        add("service", c.serviceName())
                .add("handler", c.handlerName())
                .add("key", c.key())
                .payload("parameter", c.parameter())
                .add("headers", c.headers())
                .add("idempotency key", c.idempotencyKey())
                .add("scope", c.scope())
                .add("limit key", c.limitKey())
                .add("invocation id's completion", c.invocationIdCompletionId());
    }

    private CommandFields add(String name, @Nullable Object value) {
        fields.add(new Field(name, value));
        return this;
    }

    private CommandFields payload(String name, Bytes value) {
        return add(name, withPayloads ? value : ANY_PAYLOAD);
    }

    private CommandFields payload(String name, Result result) {
        return add(name, !withPayloads && result instanceof Result.Value ? ANY_PAYLOAD : result);
    }

    private void completion(int id) {
        add("completion", id);
    }
}
