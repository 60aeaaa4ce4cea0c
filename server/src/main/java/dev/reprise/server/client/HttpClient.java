package dev.reprise.server.client;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Connections to many destinations, shared by all callers. Each of its event loops has connections of its own. Any
 * thread.
 */
public final class HttpClient implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final HttpOptions options;
    private final Supplier<SSLContext> tls;
    private final MultiThreadIoEventLoopGroup group;
    private final List<Pools> pools = new ArrayList<>();

    /** The connections of one event loop. */
    private record Pools(Loop loop, Map<Destination, ConnectionPool> byDestination) {}

    private HttpClient(HttpOptions options, Supplier<SSLContext> tls) {
        this.options = options;
        this.tls = tls;
        this.group = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("reprise-http", true), NioIoHandler.newFactory());
        for (int i = 0; i < options.eventLoops(); i++) {
            pools.add(new Pools(new Loop(group.next()), new HashMap<>()));
        }
    }

    /**
     * Starts a client that trusts what the JVM trusts. The trust store is read for the first {@code https} destination.
     */
    public static HttpClient start(HttpOptions options) {
        return new HttpClient(options, HttpClient::jvmDefault);
    }

    /** Starts a client that trusts, and identifies itself, as {@code tls} specifies. */
    public static HttpClient start(HttpOptions options, SSLContext tls) {
        return new HttpClient(options, () -> tls);
    }

    private static SSLContext jvmDefault() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "the JVM's default TLS settings cannot be used; check the javax.net.ssl properties", e);
        }
    }

    /** The event loop for callers with this hash code. */
    public Loop loop(int hashCode) {
        return pools.get(Math.floorMod(hashCode, pools.size())).loop();
    }

    /** Sends a request; to be called on the loop, on which the listener is called too. */
    public void open(Loop loop, Destination destination, RequestHead head, ExchangeListener listener) {
        RequestHead whole = head.and(options.requestHeaders());
        for (Pools known : pools) {
            if (known.loop() == loop) {
                known.byDestination()
                        .computeIfAbsent(destination, o -> new ConnectionPool(o, options, tls, loop))
                        .open(whole, new CarefulListener(listener));
            }
        }
    }

    /** Cuts all connections. Requests in progress fail. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
