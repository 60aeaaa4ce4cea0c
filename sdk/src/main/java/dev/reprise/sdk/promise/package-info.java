/**
 * Promises as a graph: leaves are notifications of the journal, and the others are made of them. No threads, no I/O.
 *
 * <p>{@link dev.reprise.sdk.promise.PromiseGraph} is one attempt's graph. Notifications are delivered to it one at a
 * time, each at its own instant: 1, 2, 3 and so on. Every promise settles at an instant that follows from the instants
 * of its parts and from its {@link dev.reprise.sdk.promise.Rule}, and never from when anyone looked. A promise that is
 * made after its parts have settled sees them settle at the instant of its creation.
 *
 * <p>Promises made of leaves by combinators alone are <em>pure</em> and always up to date. One that involves a function
 * (a {@code map} or {@code recover}) catches up when it is awaited, because functions run only then; news that arrive
 * earlier wait in its inbox. Catching up goes by instants, so it does not matter when it happens.
 */
package dev.reprise.sdk.promise;
