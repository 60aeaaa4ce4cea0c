/**
 * A client of HTTP/1.1 and HTTP/2 whose requests and answers are streams that go on at the same time. It knows nothing of the
 * engine, of deployments or of attempts.
 *
 * <p>Begin at {@link dev.reprise.server.client.HttpClient}: it has connections to many destinations and tells of one request
 * and its answer through an {@link dev.reprise.server.client.ExchangeListener}; what may be done with the request, says {@link
 * dev.reprise.server.client.Exchange}. A {@code ConnectionPool} gives each request to a {@code Link} with room, and has a
 * {@code Connector} make more of them.
 *
 * <p>Threads: a connection belongs to one event loop, and so does all that is said of its exchanges. What other threads want is
 * put into a {@link dev.reprise.server.client.Loop}, which carries out all that waits and then flushes each connection once.
 * Nothing here blocks its caller.
 */
package dev.reprise.server.client;
