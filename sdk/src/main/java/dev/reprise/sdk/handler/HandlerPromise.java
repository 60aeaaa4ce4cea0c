package dev.reprise.sdk.handler;

import dev.reprise.protocol.Result;
import dev.reprise.sdk.DurablePromise;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.TerminalFailures;
import dev.reprise.sdk.serde.Serde;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A promise of the workflow. */
record HandlerPromise<T extends @Nullable Object>(HandlerContext context, String name, Serde<T> serde)
        implements DurablePromise<T> {
    @Override
    public RestatePromise<T> get() {
        return context.attempt()
                .made()
                .made(
                        "promise",
                        name,
                        context.promise(
                                Decoders.value("The value of promise", name, serde),
                                machine -> machine.getPromise(name)));
    }

    @Override
    public Optional<T> peek() {
        return context.promise(
                        Decoders.optional("The value of promise", name, serde), machine -> machine.peekPromise(name))
                .await();
    }

    @Override
    public void resolve(T value) {
        complete(new Result.Value(serde.serialize(value)));
    }

    @Override
    public void reject(TerminalException reason) {
        complete(new Result.Failed(TerminalFailures.failure(reason)));
    }

    private void complete(Result result) {
        context.promise(Decoders.nothing(), machine -> machine.completePromise(name, result))
                .await();
    }
}
