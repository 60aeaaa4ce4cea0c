/**
 * Promises as a graph: leaves are notifications of the journal, the others are made of them. No threads, no I/O.
 *
 * <p>{@link dev.reprise.sdk.promise.PromiseGraph} is one attempt's graph. Notifications are delivered to it one at a
 * time, each at its own instant: 1, 2, 3 and so on. From there every promise has an instant at which it settles, given
 * by the instants of those it is made of and by its {@link dev.reprise.sdk.promise.Rule}, and never by when anyone
 * looked. A promise made later than those it is made of sees them settle at the instant at which it is made.
 *
 * <p>Promises made of leaves by combinators alone are <em>pure</em> and are always up to date. One with a function in
 * it (a {@code map} or {@code recover}) catches up when it is awaited, for functions run only then; what has reached it
 * by then waits in its inbox. Catching up goes by instants, so it does not matter when it happens.
 */
package dev.reprise.sdk.promise;
