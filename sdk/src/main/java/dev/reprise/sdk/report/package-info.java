/**
 * How an attempt tells of itself: {@link dev.reprise.sdk.report.Failing} makes of an exception what the engine is told,
 * in the bounds of {@link dev.reprise.sdk.report.ThrownText}; {@link dev.reprise.sdk.report.LogContext} and {@link
 * dev.reprise.sdk.report.ReplayAwareLogger} are for the handler's own log lines.
 */
package dev.reprise.sdk.report;
