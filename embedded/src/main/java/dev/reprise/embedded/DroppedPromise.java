package dev.reprise.embedded;

/**
 * A promise that a handler made and that was neither awaited nor cancelled, on its own or as part of another, when the
 * handler returned.
 *
 * @param handler the handler, as {@code Service/handler}
 * @param promise what it is a promise of and its name, for instance {@code timer "reminder"}
 * @param line the line that made it, as in a stack trace
 * @param isWaitedFor whether the handler waited for it nevertheless and failed if it did, as with runs and branches;
 *     anything else was given up
 */
public record DroppedPromise(String handler, String promise, String line, boolean isWaitedFor) {
    /** A sentence for people. */
    @Override
    public String toString() {
        return handler + " returned without awaiting " + promise + ", made at " + line + "; "
                + (isWaitedFor ? "it ends once that has settled" : "nobody waits for it");
    }
}
