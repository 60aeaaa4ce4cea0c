package dev.reprise.server.deployment;

import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.server.client.Exchange;
import dev.reprise.server.client.ExchangeFailure;
import dev.reprise.server.client.ExchangeListener;
import dev.reprise.server.client.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the answer to a request, up to a size and as far as memory allows, for a thread that waits for it and closes
 * it after use.
 */
final class WholeAnswer implements ExchangeListener, AutoCloseable {
    /** The size of a usual answer, which is not counted. */
    private static final int FREE_BYTES = 16 << 10;

    private final AnswerLimit limit;
    private final byte[] request;
    private final MemoryLease lease;
    private final CompletableFuture<Received> received = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ResponseHead head;
    private @Nullable Exchange exchange;
    /** The exchange is over. */
    private boolean ended;

    /** The answer. */
    record Received(ResponseHead head, byte[] body) {}

    WholeAnswer(AnswerLimit limit) {
        this(limit, new byte[0]);
    }

    /** The answer to a request with a body. */
    WholeAnswer(AnswerLimit limit, byte[] request) {
        this.limit = limit;
        this.request = request;
        this.lease = limit.pool().emptyLease();
    }

    /** Gives the memory back. An answer that is still arriving is cut. */
    @Override
    public void close() {
        received.cancel(false);
        lease.close();
    }

    /** On the connection's event loop: ignores the rest of an answer that may never end. */
    void leave() {
        if (exchange != null && !ended) {
            exchange.reset();
        }
        body.reset();
    }

    /**
     * Waits for the answer.
     *
     * @throws DiscoveryException when there is none
     */
    Received await(Duration timeout) {
        try {
            return received.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DiscoveryException known ? known : new IllegalStateException(e);
        } catch (TimeoutException e) {
            // At its next sign of life, it is asked whether it is still wanted.
            received.cancel(false);
            throw new DiscoveryException("META0003", "no answer within " + timeout.toSeconds() + " seconds", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            received.cancel(false);
            throw new DiscoveryException("META0003", "interrupted while waiting for the answer", false);
        }
    }

    @Override
    public boolean isWanted() {
        return !received.isDone();
    }

    @Override
    public void onOpen(Exchange opened) {
        exchange = opened;
        opened.write(Unpooled.wrappedBuffer(request), true);
    }

    @Override
    public void onHead(ResponseHead answer) {
        head = answer;
    }

    @Override
    public int onBody(ByteBuf bytes) {
        int size = bytes.readableBytes();
        if (body.size() + size > limit.bytesMax()) {
            received.completeExceptionally(
                    DiscoveryException.badAnswer("the answer is larger than " + limit.bytesMax() + " bytes"));
        } else if (!received.isDone() && !hasMemoryFor(body.size() + size)) {
            received.completeExceptionally(new DiscoveryException(
                    "META0003",
                    "the memory for answers of deployments is taken by others that are asked now; try again later",
                    true));
        }
        if (received.isDone()) {
            leave();
            ended = true;
            return size;
        }
        try {
            bytes.readBytes(body, size);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return size;
    }

    private boolean hasMemoryFor(int bytes) {
        long missing = (long) limit.memoryFactor() * bytes - lease.bytes();
        return bytes <= FREE_BYTES || lease.tryGrow(missing);
    }

    @Override
    public void onWritable() {}

    @Override
    public void onEnd() {
        ended = true;
        if (head == null) {
            received.completeExceptionally(DiscoveryException.badAnswer("it has no status"));
        } else {
            received.complete(new Received(head, body.toByteArray()));
        }
    }

    @Override
    public void onFailed(ExchangeFailure failure) {
        ended = true;
        received.completeExceptionally(
                switch (failure.kind()) {
                    case NETWORK -> new DiscoveryException("META0003", failure.message(), true);
                    case SPEAKS_HTTP_1_1 -> new DiscoveryException("META0014", failure.message(), false);
                    case SPEAKS_ONLY_HTTP_2 -> new DiscoveryException("META0003", failure.message(), false);
                });
    }
}
