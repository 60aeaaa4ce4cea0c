package dev.reprise.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal entry made by the handler. A command that can complete names the completion ids its notifications will
 * carry. {@code name} is the entry's name for people to read; empty if it has none.
 */
public sealed interface Command extends Message {
    /** The entry's name; empty if it has none. */
    String name();

    /** What the handler was called with; always the journal's first entry. Sent by the engine. */
    record Input(List<Header> headers, Bytes value, String name) implements Command {
        public Input {
            headers = List.copyOf(headers);
        }
    }

    /** What the handler returned: {@link Result.Value} or {@link Result.Failed}. */
    record Output(Result result, String name) implements Command {}

    /** Reads a key of the object's state that was not sent along with the start. */
    record GetLazyState(Bytes key, int resultCompletionId, String name) implements Command {}

    /** Writes a key of the object's state. */
    record SetState(Bytes key, Bytes value, String name) implements Command {}

    /** Removes a key of the object's state. */
    record ClearState(Bytes key, String name) implements Command {}

    /** Removes every key of the object's state. */
    record ClearAllState(String name) implements Command {}

    /** Lists the keys of the object's state when they were not all sent along with the start. */
    record GetLazyStateKeys(int resultCompletionId, String name) implements Command {}

    /** A read the SDK answered itself: {@link Result.Empty} or {@link Result.Value}. */
    record GetEagerState(Bytes key, Result result, String name) implements Command {}

    /** A listing of keys the SDK answered itself. */
    record GetEagerStateKeys(List<Bytes> keys, String name) implements Command {
        public GetEagerStateKeys {
            keys = List.copyOf(keys);
        }
    }

    /** Waits for a promise of the workflow. */
    record GetPromise(String key, int resultCompletionId, String name) implements Command {}

    /** Looks at a promise of the workflow without waiting. */
    record PeekPromise(String key, int resultCompletionId, String name) implements Command {}

    /** Completes a promise of the workflow: {@link Result.Value} or {@link Result.Failed}. */
    record CompletePromise(String key, Result completion, int resultCompletionId, String name) implements Command {}

    /**
     * Waits until a time, in milliseconds since the epoch; without sign, see
     * {@link dev.reprise.protocol.time.Millis#ofUnsigned}.
     */
    record Sleep(long wakeUpTimeMillis, int resultCompletionId, String name) implements Command {}

    /** Calls a handler and gets its result. {@code key} is empty for a service. */
    record Call(
            String serviceName,
            String handlerName,
            Bytes parameter,
            List<Header> headers,
            String key,
            @Nullable String idempotencyKey,
            @Nullable String scope,
            @Nullable String limitKey,
            int invocationIdCompletionId,
            int resultCompletionId,
            String name)
            implements Command {
        public Call {
            headers = List.copyOf(headers);
        }
    }

    /** Calls a handler without waiting, at once (0) or at {@code invokeTimeMillis} since the epoch, without sign. */
    record OneWayCall(
            String serviceName,
            String handlerName,
            Bytes parameter,
            long invokeTimeMillis,
            List<Header> headers,
            String key,
            @Nullable String idempotencyKey,
            @Nullable String scope,
            @Nullable String limitKey,
            int invocationIdCompletionId,
            String name)
            implements Command {
        public OneWayCall {
            headers = List.copyOf(headers);
        }
    }

    /** Sends a signal to an invocation: {@link Result.Empty}, {@link Result.Value} or {@link Result.Failed}. */
    record SendSignal(String targetInvocationId, NotificationId signal, Result result, String name)
            implements Command {}

    /** A step that runs in the handler's process; its result comes back as a completion once it is stored. */
    record Run(int resultCompletionId, String name) implements Command {}

    /** Waits for another invocation's result. */
    record AttachInvocation(InvocationReference target, int resultCompletionId, String name) implements Command {}

    /** Looks at another invocation's result without waiting. */
    record GetInvocationOutput(InvocationReference target, int resultCompletionId, String name) implements Command {}

    /** Completes an awakeable: {@link Result.Value} or {@link Result.Failed}. */
    record CompleteAwakeable(String awakeableId, Result result, String name) implements Command {}
}
