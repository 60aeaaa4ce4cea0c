/**
 * The engine's answers. Begin at {@link dev.reprise.engine.response.Response}; a caller with little memory for results
 * passes a {@link dev.reprise.engine.response.ResponseRoom}.
 */
package dev.reprise.engine.response;
