/**
 * What an operator watches, in Prometheus' text format on the node port. {@link
 * dev.reprise.server.metrics.ServerMetrics} wraps the engine's ports (transport, log) and faces; the engine itself
 * knows nothing of it.
 */
package dev.reprise.server.metrics;
