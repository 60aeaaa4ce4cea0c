/**
 * Completes calls with what the registry and the configuration say. Begin at
 * {@link dev.reprise.engine.call.resolution.CallResolver}.
 */
package dev.reprise.engine.call.resolution;
