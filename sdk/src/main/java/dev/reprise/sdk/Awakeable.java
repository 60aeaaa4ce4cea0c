package dev.reprise.sdk;

import dev.reprise.sdk.serde.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A promise that someone outside completes, by its id: through {@link Context#awakeableHandle} in another handler, or
 * over HTTP at the ingress.
 *
 * <p>The id is the same in every attempt. Hand it out in a {@link Context#run run}, so that it is handed out once:
 *
 * {@snippet :
 * Awakeable<String> approval = ctx.awakeable(String.class);
 * ctx.run("ask", () -> mail.askForApproval(approval.id()));
 * String answer = approval.promise().await();
 * }
 *
 * @param id the id by which others complete it
 * @param promise settles when it is completed
 */
public record Awakeable<T extends @Nullable Object>(String id, RestatePromise<T> promise) {
    /** Waits until it is completed; {@link RestatePromise#await()} of its promise. */
    public T await() {
        return promise.await();
    }

    /**
     * Completes an {@link Awakeable} of another invocation. Only the first completion counts; later ones are ignored by
     * the engine. Recorded, so a replay does not complete it again.
     *
     * <p>Belongs to the handler's thread, like the {@link Context} it came from.
     */
    public interface Handle {
        /** Resolves it with {@code value}, serialized as the class the value has. */
        void resolve(Object value);

        /** Resolves it with {@code value}, serialized as {@code type}. */
        <T extends @Nullable Object> void resolve(TypeDescriptor<T> type, T value);

        /** Rejects it: the awakeable's {@code await} throws {@code reason}. */
        void reject(TerminalException reason);

        /** Rejects it with code 500 and a message. */
        default void reject(String message) {
            reject(new TerminalException(message));
        }
    }
}
