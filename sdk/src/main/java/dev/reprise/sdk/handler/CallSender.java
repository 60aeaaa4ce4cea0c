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

/** Where clients put their calls: the part of a context they need, with arguments already serialized. */
interface CallSender {
    /**
     * Calls a handler; its result is read by {@code result}.
     *
     * @param othersMayWait whether the called invocation may be another's too, as that of a workflow is
     */
    <T extends @Nullable Object> CallPromise<T> call(
            Target target, CallOptions options, Bytes parameter, Serde<T> result, boolean othersMayWait);

    /** Calls a handler without waiting for its result. */
    InvocationHandle send(Target target, SendOptions options, Bytes parameter);

    /** How values without a serde of their own are serialized. */
    SerdeFactory serdes();
}
