package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.TerminalFailures;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another invocation, whose id the engine may not have sent yet. */
record HandlerInvocation(HandlerContext context, RestatePromise<String> id) implements InvocationHandle {
    @Override
    public String invocationId() {
        return id.await();
    }

    @Override
    public <T> RestatePromise<T> attach(Class<T> type) {
        return attach(context.serdes().create(type));
    }

    @Override
    public <T extends @Nullable Object> RestatePromise<T> attach(TypeDescriptor<T> type) {
        Serde<T> serde = type.serde(context.serdes());
        String target = invocationId();
        return context.attempt()
                .made()
                .made(
                        "attach",
                        target,
                        context.promise(
                                Decoders.value("The result of invocation", target, serde),
                                machine -> machine.attachInvocation(new InvocationReference.ById(target))));
    }

    @Override
    public <T> RestatePromise<Optional<T>> output(Class<T> type) {
        return output(context.serdes().create(type));
    }

    @Override
    public <T> RestatePromise<Optional<T>> output(TypeDescriptor<T> type) {
        Serde<T> serde = type.serde(context.serdes());
        String target = invocationId();
        return context.attempt()
                .made()
                .made(
                        "output",
                        target,
                        context.promise(
                                Decoders.optional("The result of invocation", target, serde),
                                machine -> machine.getInvocationOutput(new InvocationReference.ById(target))));
    }

    @Override
    public void cancel() {
        String target = invocationId();
        context.perform(machine -> machine.cancelInvocation(target));
    }

    @Override
    public void signal(String name, Object value) {
        send(name, new Result.Value(context.serialize(value)));
    }

    @Override
    public <T extends @Nullable Object> void signal(String name, TypeDescriptor<T> type, T value) {
        Bytes bytes = type.serde(context.serdes()).serialize(value);
        send(name, new Result.Value(bytes));
    }

    @Override
    public void rejectSignal(String name, TerminalException reason) {
        send(name, new Result.Failed(TerminalFailures.failure(reason)));
    }

    private void send(String name, Result result) {
        WellFormed.require("name of a signal", Objects.requireNonNull(name, "the name of a signal"));
        String target = invocationId();
        context.perform(machine -> machine.sendSignal(target, name, result));
    }
}
