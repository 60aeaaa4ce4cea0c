package dev.reprise.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections up to a limit, and answers further ones with 503: otherwise the process runs out of file
 * descriptors, and everything else that opens a file fails with it.
 *
 * <p>The endpoint has one of its own; see the package on why there are two.
 */
final class ClientConnector extends ServerConnector {
    private static final Logger logger = LoggerFactory.getLogger(ClientConnector.class);
    private static final long LOGGED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String BODY = "{\"code\":503,\"message\":\"too many connections\"}";
    private static final byte[] REFUSAL = ("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 1\r\n"
                    + "content-type: application/json\r\ncontent-length: " + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final int connectionsMax;
    private final LongWaits longWaits;
    /* The accepting thread alone: there is one. */
    private long refused;
    private long loggedNanos = System.nanoTime() - LOGGED_EVERY_NANOS;

    ClientConnector(String name, int connectionsMax, Server server, ConnectionFactory... protocols) {
        super(server, 1, -1, protocols);
        this.name = name;
        this.connectionsMax = connectionsMax;
        longWaits = new LongWaits(getScheduler());
    }

    @Override
    public void accept(int acceptorId) throws IOException {
        if (!(getTransport() instanceof ServerSocketChannel listening) || !listening.isOpen()) {
            return;
        }
        SocketChannel client = listening.accept();
        boolean taken = false;
        try {
            if (getConnectedEndPoints().size() < connectionsMax) {
                client.configureBlocking(false);
                configure(client.socket());
                getSelectorManager().accept(client);
                taken = true;
            } else {
                refuse(client);
            }
        } finally {
            if (!taken) {
                client.close();
            }
        }
    }

    private void refuse(SocketChannel client) {
        refused++;
        if (System.nanoTime() - loggedNanos >= LOGGED_EVERY_NANOS) {
            loggedNanos = System.nanoTime();
            logger.warn(
                    "the {} refuses connections beyond {}, {} so far; raise its connections-limit, and the process's"
                            + " limit of open files with it, or let clients use fewer",
                    name,
                    connectionsMax,
                    refused);
        }
        try {
            client.configureBlocking(false);
            client.write(ByteBuffer.wrap(REFUSAL));
        } catch (IOException e) {
            logger.debug("a client that is refused has gone", e);
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        ClientSocket socket = new ClientSocket(channel, selector, key, getScheduler(), getExecutor(), longWaits);
        socket.setIdleTimeout(getIdleTimeout());
        return socket;
    }
}
