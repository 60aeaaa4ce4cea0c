/**
 * How an attempt reports on itself: {@link dev.reprise.sdk.report.Failing} converts an exception to the error for the
 * engine, within the bounds of {@link dev.reprise.sdk.report.ThrownText}; {@link dev.reprise.sdk.report.LogContext} and
 * {@link dev.reprise.sdk.report.ReplayAwareLogger} are for the handler's own log lines.
 */
package dev.reprise.sdk.report;
