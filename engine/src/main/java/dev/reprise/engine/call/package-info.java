/**
 * Requests to an engine: how they are made, and how they are refused. Begin at {@link dev.reprise.engine.call.Call};
 * {@code call.resolution} completes it.
 */
package dev.reprise.engine.call;
