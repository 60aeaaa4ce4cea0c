/**
 * OpenTelemetry traces of invocations, exported over OTLP while they run.
 *
 * <p>The trace of an invocation is that of the request or of the caller that brought it about ({@code traceparent}), else
 * its own. Its {@code invocation-start} span is the parent of its attempts', of its end's and of those of what it calls.
 * The ids of that span follow from the invocation's id, so nothing need be stored: every attempt, in whatever process,
 * finds its parent again. Loaded only when an endpoint is configured.
 */
package dev.reprise.server.tracing;
