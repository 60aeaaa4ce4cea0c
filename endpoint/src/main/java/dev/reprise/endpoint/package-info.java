/**
 * Serves handlers over HTTP, to this project's server and to any other that speaks Restate's service protocol.
 *
 * <p>Begin at {@link dev.reprise.endpoint.Endpoint}. {@link dev.reprise.endpoint.EndpointHandler} is what it answers,
 * without sockets: request head and bytes in, response head and bytes out; {@code JettyHandler} and {@link
 * dev.reprise.endpoint.LambdaEndpoint} carry it. {@code InvocationExchange} connects one attempt's bytes with the SDK.
 */
package dev.reprise.endpoint;
