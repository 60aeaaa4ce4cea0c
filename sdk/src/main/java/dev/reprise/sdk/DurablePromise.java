package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A promise of a workflow, known by its name to all handlers of that workflow: one waits for it, another completes it.
 * It is completed at most once and lives as long as the workflow is retained.
 *
 * <p>Belongs to the handler's thread, like the {@link SharedWorkflowContext} it came from.
 */
public interface DurablePromise<T extends @Nullable Object> {
    /** Settles when the promise is completed, at once if it already is. */
    @CheckReturnValue
    RestatePromise<T> get();

    /**
     * What it was resolved with; empty if it is not completed.
     *
     * @throws TerminalException if it was rejected, with the reason
     */
    Optional<T> peek();

    /**
     * Resolves it.
     *
     * @throws TerminalException if it is already completed
     */
    void resolve(T value);

    /**
     * Rejects it.
     *
     * @throws TerminalException if it is already completed
     */
    void reject(TerminalException reason);

    /** Rejects it with code 500 and a message. */
    default void reject(String message) {
        reject(new TerminalException(message));
    }
}
