package dev.reprise.interop.corpus;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * What a handler can do with either SDK, in one vocabulary.
 *
 * @param <P> the SDK's promise of a text
 */
interface Tasks<P> {
    /** A step that gives its own name. */
    P ok(String name);

    /** A step that fails for good. */
    P fails(String name);

    /** A promise that nobody completes. */
    default P never() {
        return awakeable().promise();
    }

    Pending<P> awakeable();

    void resolve(String awakeableId, String value);

    P timer(Duration duration);

    P orTimeout(P promise, Duration timeout);

    /** The texts of all, joined by commas. */
    P all(List<P> promises);

    /** The text of the first that settles. */
    P race(List<P> promises);

    /** The text of the first that does not fail, once there is one. */
    String awaitAny(List<P> promises);

    /** For each whether it failed, {@code yes} or {@code no}, joined by commas. */
    P allSettled(List<P> promises);

    /** The text of the one that settles first, with its place in front. */
    P select(P first, P second);

    /** The texts in the order in which the promises settle; each is awaited when it is asked for. */
    Iterator<String> asCompleted(List<P> promises);

    /** Waits until so many have settled, and counts the others. */
    int awaitCompleted(int count, List<P> promises);

    /** Calls another program of the same service. */
    P call(String program);

    String await(P promise);

    /** Its text, or another one if it failed for good. */
    String awaitOr(P promise, String otherwise);

    /** An awakeable. */
    record Pending<P>(String id, P promise) {}
}
