package dev.reprise.server.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop to one destination. A request goes out on the first connection that has room. If
 * none has, more connections are made, and the request waits in line.
 */
final class ConnectionPool implements Link.Listener {
    private static final Logger log = LoggerFactory.getLogger(ConnectionPool.class);

    private final Destination destination;
    private final HttpOptions options;
    private final Supplier<SSLContext> tls;
    private final Loop loop;
    private final List<Link> links = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int connecting;

    private record Waiting(RequestHead head, ExchangeListener listener) {}

    ConnectionPool(Destination destination, HttpOptions options, Supplier<SSLContext> tls, Loop loop) {
        this.destination = destination;
        this.options = options;
        this.tls = tls;
        this.loop = loop;
    }

    void open(RequestHead head, ExchangeListener listener) {
        waiting.add(new Waiting(head, listener));
        assign();
    }

    private void assign() {
        for (int i = 0; i < links.size() && !waiting.isEmpty(); i++) {
            fill(links.get(i));
        }
        int perLink = destination.versions() == Destination.Versions.HTTP_1_1 ? 1 : options.streamsPerConnectionMax();
        while (waiting.size() > connecting * perLink
                && links.size() + connecting < options.connectionsPerDestinationMax()) {
            connecting++;
            new Connector(options, tls, destination, loop, this).start();
        }
    }

    private void fill(Link link) {
        while (link.hasRoom() && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            if (next.listener().isWanted()) {
                open(link, next);
            }
        }
    }

    private static void open(Link link, Waiting next) {
        try {
            link.open(next.head(), next.listener());
        } catch (RuntimeException e) {
            log.error("a request could not be sent", e);
            next.listener().onFailed(ExchangeFailure.network("the request could not be sent: " + e));
        }
    }

    @Override
    public void onReady(Link link) {
        connecting--;
        links.add(link);
        assign();
    }

    @Override
    public void onRoom(Link link) {
        if (!waiting.isEmpty()) {
            // Not from within a callback of the connection.
            loop.execute(this::assign);
        }
    }

    @Override
    public void onClosed(Link link) {
        links.remove(link);
        if (!waiting.isEmpty()) {
            loop.execute(this::assign);
        }
    }

    /** A problem with the destination is reported to all requests that wait for it. */
    @Override
    public void onFailed(ExchangeFailure failure) {
        connecting--;
        List<Waiting> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(next -> next.listener().onFailed(failure));
    }
}
