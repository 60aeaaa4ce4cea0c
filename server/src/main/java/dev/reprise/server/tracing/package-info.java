/**
 * OpenTelemetry traces of invocations, exported over OTLP while they run.
 *
 * <p>The trace of an invocation is that of the request or the caller that caused it ({@code traceparent}), otherwise a
 * new one. Its {@code invocation-start} span is the parent of the spans of its attempts, of its end and of the calls
 * that it makes. That span's ids follow from the invocation's id, so nothing need be stored: every attempt, in whatever
 * process, finds its parent again. Loaded only when an endpoint is configured.
 */
package dev.reprise.server.tracing;
