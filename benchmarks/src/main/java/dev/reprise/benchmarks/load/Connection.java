package dev.reprise.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection and the call that is under way on it. Opens anew when it is needed after an end. */
final class Connection {
    private static final int ONE_BUFFER_BYTES = 4096;

    private final Selector selector;
    private final int port;
    private final int worker;
    private final ResponseReader reader = new ResponseReader();

    private @Nullable SocketChannel channel;
    private @Nullable Call call;
    private ByteBuffer[] output = {};
    private long sequence;
    private long startNanos;

    Connection(Selector selector, int port, int worker) {
        this.selector = selector;
        this.port = port;
        this.worker = worker;
    }

    int worker() {
        return worker;
    }

    /** The number of the call under way. */
    long sequence() {
        return sequence;
    }

    long startNanos() {
        return startNanos;
    }

    Call call() {
        return Objects.requireNonNull(call, "no call was started");
    }

    /** Of the answer that was last complete. */
    int status() {
        return reader.status();
    }

    void start(Call next, long number) throws IOException {
        call = next;
        sequence = number;
        startNanos = System.nanoTime();
        output = output(next.head(port), next.body());
        SocketChannel open = channel;
        if (open == null) {
            connect();
        } else {
            write(open);
        }
    }

    /** A small request is one piece, so that it is one packet. */
    private static ByteBuffer[] output(byte[] head, byte[] body) {
        if (body.length > ONE_BUFFER_BYTES) {
            return new ByteBuffer[] {ByteBuffer.wrap(head), ByteBuffer.wrap(body)};
        }
        ByteBuffer all = ByteBuffer.allocate(head.length + body.length);
        return new ByteBuffer[] {all.put(head).put(body).flip()};
    }

    private void connect() throws IOException {
        SocketChannel opened = SocketChannel.open();
        channel = opened;
        opened.configureBlocking(false);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = opened.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        opened.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, this);
        if (connected) {
            write(opened);
        }
    }

    /** Goes on when the selector says so; the answer's body once it is complete. */
    Optional<byte[]> advance(SelectionKey key, ByteBuffer scratch) throws IOException {
        SocketChannel open = Objects.requireNonNull(channel, "an event without a connection");
        if (key.isConnectable()) {
            open.finishConnect();
            write(open);
        } else if (key.isWritable()) {
            write(open);
        }
        return key.isReadable() ? read(open, scratch) : Optional.empty();
    }

    private void write(SocketChannel open) throws IOException {
        ByteBuffer last = output[output.length - 1];
        boolean moves = true;
        while (moves && last.hasRemaining()) {
            moves = open.write(output) > 0;
        }
        open.keyFor(selector).interestOps(SelectionKey.OP_READ | (last.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }

    private Optional<byte[]> read(SocketChannel open, ByteBuffer scratch) throws IOException {
        while (true) {
            scratch.clear();
            int count = open.read(scratch);
            if (count < 0) {
                throw new BrokenConnectionException("the server closed the connection");
            }
            Optional<byte[]> body = reader.add(scratch.flip());
            if (body.isPresent() || count < scratch.capacity()) {
                return body;
            }
        }
    }

    /** The answer is dealt with. */
    void answered() {
        if (reader.closes()) {
            close();
        }
    }

    void close() {
        SocketChannel open = channel;
        channel = null;
        reader.clear();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a socket", e);
            }
        }
    }
}
