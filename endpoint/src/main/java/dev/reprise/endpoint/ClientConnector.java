package dev.reprise.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections up to a number, and refuses those beyond with 503: otherwise the process runs out of file
 * descriptors, and with it everything else that opens a file.
 *
 * <p>The server has one of its own, for the one release of Jetty that it ships and with its memory pools. What both
 * could share would be one more library on users' class paths.
 */
final class ClientConnector extends ServerConnector {
    private static final Logger logger = LoggerFactory.getLogger(ClientConnector.class);
    private static final long LOGGED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FILES_ELSEWHERE = 4_096;
    private static final String BODY = "503 too many connections";
    private static final byte[] REFUSAL = ("HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 1\r\n"
                    + "content-type: text/plain\r\ncontent-length: " + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(StandardCharsets.US_ASCII);

    private final int connectionsMax;
    /* The accepting thread alone: there is one. */
    private long refused;
    private long loggedNanos = System.nanoTime() - LOGGED_EVERY_NANOS;

    ClientConnector(int connectionsMax, Server server, ConnectionFactory... protocols) {
        super(server, 1, -1, protocols);
        this.connectionsMax = connectionsMax;
    }

    /** Half of the files that the process may have open. */
    static int connectionsMaxByDefault() {
        return Math.toIntExact(Math.clamp(filesMax() / 2, 1, Integer.MAX_VALUE));
    }

    /** The JVM's management beans would tell it everywhere, and take a noticeable part of the start. */
    private static long filesMax() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+", -1)[0])
                    .filter(soft -> soft.matches("[0-9]{1,15}"))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(FILES_ELSEWHERE);
        } catch (IOException | UncheckedIOException ignored) {
            return FILES_ELSEWHERE; // no Linux
        }
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
                    "the endpoint refuses connections beyond {}, {} so far; raise connectionsMax, and the process's limit"
                            + " of open files with it",
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
        ClientSocket socket = new ClientSocket(channel, selector, key, getScheduler(), getExecutor());
        socket.setIdleTimeout(getIdleTimeout());
        return socket;
    }
}
