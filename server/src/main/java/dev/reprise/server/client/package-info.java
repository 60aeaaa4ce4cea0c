/**
 * A client of HTTP/1.1 and HTTP/2 whose requests and answers are streams that can proceed at the same time. It knows
 * nothing of the engine, of deployments or of attempts.
 *
 * <p>Begin at {@link dev.reprise.server.client.HttpClient}: it has connections to many destinations, and reports a
 * request's progress and its answer through an {@link dev.reprise.server.client.ExchangeListener}; {@link
 * dev.reprise.server.client.Exchange} is the caller's hold on the request. A {@code ConnectionPool} gives each request
 * to a {@code Link} that has room, and has a {@code Connector} make more of them.
 *
 * <p>Threads: a connection belongs to one event loop, and so do all calls about its exchanges. Other threads leave
 * tasks in a {@link dev.reprise.server.client.Loop}, which carries out all that wait and then flushes each connection
 * once. Nothing here blocks its caller.
 */
package dev.reprise.server.client;
