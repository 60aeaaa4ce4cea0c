/**
 * OpenTelemetry traces of invocations, exported over OTLP while they run.
 *
 * <p>The trace of an invocation is that of the request that brought it about ({@code traceparent}), else its own. The ids
 * of its {@code invocation-start} span follow from the invocation's id, so nothing need be stored: every attempt, in
 * whatever process, finds its parent again. Loaded only when an endpoint is configured.
 */
package dev.reprise.server.tracing;
