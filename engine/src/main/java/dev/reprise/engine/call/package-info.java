/**
 * Requests to an engine: how they are made, resolved and refused. Begin at
 * {@link dev.reprise.engine.call.CallResolver}.
 */
package dev.reprise.engine.call;
