/**
 * What an engine answers. Begin at {@link dev.reprise.engine.response.Response}; who has little memory for results gives
 * a {@link dev.reprise.engine.response.ResponseRoom}.
 */
package dev.reprise.engine.response;
