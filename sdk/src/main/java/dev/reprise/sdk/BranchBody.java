package dev.reprise.sdk;

import org.jspecify.annotations.Nullable;

/** What a {@link Context#fork branch} of a service's handler does. */
@FunctionalInterface
public interface BranchBody<T extends @Nullable Object> {
    /**
     * Goes on beside the rest of the handler.
     *
     * @param ctx the branch's own context. The handler's must not be used here, and this one nowhere else
     * @throws TerminalException to reject the branch's promise
     * @throws Exception any other fails the attempt, as it would in the handler
     */
    T run(Context ctx) throws Exception;
}
