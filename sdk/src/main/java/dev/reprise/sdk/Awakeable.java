package dev.reprise.sdk;

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
 * @param id what it is completed by
 * @param promise settles when it is completed
 */
public record Awakeable<T extends @Nullable Object>(String id, RestatePromise<T> promise) {
    /** Waits until it is completed; {@link RestatePromise#await()} of its promise. */
    public T await() {
        return promise.await();
    }
}
