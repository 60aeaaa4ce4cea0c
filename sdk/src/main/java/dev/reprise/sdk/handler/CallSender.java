package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import org.jspecify.annotations.Nullable;

/** Sends the calls of clients: the part of a context that they need, with arguments already serialized. */
interface CallSender {
    /**
     * Calls a handler; {@code result} decodes its result.
     *
     * @param othersMayWait whether others may share the called invocation, such as that of a workflow
     */
    <T extends @Nullable Object> CallPromise<T> call(
            Target target, CallOptions options, Bytes parameter, Serde<T> result, boolean othersMayWait);

    /** Calls a handler without waiting for its result. */
    InvocationHandle send(Target target, SendOptions options, Bytes parameter);

    /** Serializes values that have no serde of their own. */
    SerdeFactory serdes();
}
