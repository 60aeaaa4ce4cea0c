package dev.reprise.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket that reports when the client has gone. Jetty does not read from a connection of HTTP/1.1 while a
 * request is being answered, so it notices the end only when it writes, which may be never. A watched socket is read
 * all the same; what arrives, such as the next request of a client that does not wait for answers, is kept until Jetty
 * asks for it. Jetty always reads from a connection of HTTP/2, but it keeps one that ends after a GOAWAY as long as
 * there are requests.
 *
 * <p>The endpoint has one of its own; see the package on why there are two.
 */
final class ClientSocket extends SocketChannelEndPoint {
    /** A client that sends more ahead than this is assumed to be there. */
    private static final int AHEAD_BYTES_MAX = 64 << 10;

    private static final int READ_BYTES = 4 << 10;

    private final Executor executor;
    private final LongWaits longWaits;

    private volatile long idleTimeoutMillis;

    /** Bytes that were read while nobody asked for them; guarded by this. */
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;

    /** The callback for the client's departure; guarded by this. */
    private final Set<Runnable> watchers = new LinkedHashSet<>();

    /** Whether there is a callback and Jetty does not read. Written under this. */
    private volatile boolean readsAhead;

    ClientSocket(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            Executor executor,
            LongWaits longWaits) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
        this.longWaits = longWaits;
    }

    /** Has the socket watched when a request waits for long. */
    LongWaits longWaits() {
        return longWaits;
    }

    @Override
    public long getIdleTimeout() {
        return idleTimeoutMillis;
    }

    /**
     * Jetty sets a timeout when it begins to answer a request, and clears it at the end. Setting and cancelling a timer
     * each time is a large part of the cost of a short request, so this timer stays and checks each time which timeout
     * applies.
     */
    @Override
    public void setIdleTimeout(long millis) {
        idleTimeoutMillis = millis;
        if (millis > super.getIdleTimeout()) {
            super.setIdleTimeout(millis);
        }
    }

    @Override
    protected long checkIdleTimeout() {
        return idleTimeoutMillis > 0 || !isOpen() ? super.checkIdleTimeout() : super.getIdleTimeout();
    }

    /** The socket of a request's connection, below TLS; null for another kind of connection. */
    static @Nullable ClientSocket of(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint instanceof ClientSocket socket ? socket : null;
    }

    /**
     * Reports once, from now on, that the client has gone; the socket is closed then. On any thread.
     *
     * @param silent whether nobody else reads from the socket
     */
    void watch(Runnable gone, boolean silent) {
        synchronized (this) {
            watchers.add(gone);
            readsAhead = silent;
        }
        if (isInputShutdown()) {
            tell();
        } else if (silent) {
            needsFillInterest();
        }
    }

    synchronized void unwatch(Runnable gone) {
        watchers.remove(gone);
        readsAhead &= !watchers.isEmpty();
    }

    private void tell() {
        List<Runnable> told;
        synchronized (this) {
            told = List.copyOf(watchers);
            watchers.clear();
            readsAhead = false;
        }
        if (!told.isEmpty()) {
            close();
            told.forEach(Runnable::run);
        }
    }

    /** On the selector's thread. */
    @Override
    public @Nullable Runnable onSelected() {
        Runnable task = super.onSelected();
        if (!readsAhead || task == null) {
            return task;
        }
        return () -> {
            readAhead();
            task.run();
        };
    }

    private void readAhead() {
        if (!isThere()) {
            tell();
        }
    }

    /** Returns false when nothing more will come. */
    private synchronized boolean isThere() {
        ByteBuffer piece = BufferUtil.allocate(READ_BYTES);
        try {
            while (readsAhead && ahead.remaining() < AHEAD_BYTES_MAX) {
                int read = super.fill(piece);
                if (read < 0) {
                    return false;
                }
                if (read == 0) {
                    needsFillInterest();
                    return true;
                }
                keep(piece);
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void keep(ByteBuffer piece) {
        ByteBuffer all = BufferUtil.allocate(ahead.remaining() + piece.remaining());
        BufferUtil.append(all, ahead);
        BufferUtil.append(all, piece);
        BufferUtil.clear(piece);
        ahead = all;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = fillInOrder(buffer);
        if (filled < 0) {
            tell();
        }
        return filled;
    }

    private synchronized int fillInOrder(ByteBuffer buffer) throws IOException {
        if (!ahead.hasRemaining()) {
            return super.fill(buffer);
        }
        int given = BufferUtil.append(buffer, ahead);
        if (!ahead.hasRemaining()) {
            ahead = BufferUtil.EMPTY_BUFFER;
        }
        return given;
    }

    @Override
    public void fillInterested(Callback callback) {
        super.fillInterested(callback);
        offerAhead();
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        boolean registered = super.tryFillInterested(callback);
        offerAhead();
        return registered;
    }

    /** The selector does not announce again what was read ahead. */
    private void offerAhead() {
        boolean isReady;
        synchronized (this) {
            isReady = ahead.hasRemaining();
        }
        if (isReady) {
            executor.execute(() -> {
                var _ = getFillInterest().fillable();
            });
        }
    }
}
