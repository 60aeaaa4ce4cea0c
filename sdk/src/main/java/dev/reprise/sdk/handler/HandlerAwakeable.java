package dev.reprise.sdk.handler;

import dev.reprise.protocol.Result;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.TerminalFailures;
import dev.reprise.sdk.serde.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/** An awakeable of another invocation. */
record HandlerAwakeable(HandlerContext context, String awakeableId) implements Awakeable.Handle {
    @Override
    public void resolve(Object value) {
        complete(new Result.Value(context.serialize(value)));
    }

    @Override
    public <T extends @Nullable Object> void resolve(TypeDescriptor<T> type, T value) {
        complete(new Result.Value(type.serde(context.serdes()).serialize(value)));
    }

    @Override
    public void reject(TerminalException reason) {
        complete(new Result.Failed(TerminalFailures.failure(reason)));
    }

    private void complete(Result result) {
        context.perform(machine -> machine.completeAwakeable(awakeableId, result));
    }
}
