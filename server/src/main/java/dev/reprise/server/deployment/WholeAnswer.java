package dev.reprise.server.deployment;

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

/** Collects the answer to a request, up to a size, for a thread that waits for it. */
final class WholeAnswer implements ExchangeListener {
    private final int bytesMax;
    private final byte[] request;
    private final CompletableFuture<Received> received = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ResponseHead head;
    private @Nullable Exchange exchange;

    /** The answer. */
    record Received(ResponseHead head, byte[] body) {}

    WholeAnswer(int bytesMax) {
        this(bytesMax, new byte[0]);
    }

    /** The answer to a request with a body. */
    WholeAnswer(int bytesMax, byte[] request) {
        this.bytesMax = bytesMax;
        this.request = request;
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
            // Asked at its next sign of life whether it is still wanted.
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
        if (body.size() + size > bytesMax) {
            received.completeExceptionally(
                    DiscoveryException.badAnswer("the answer is larger than " + bytesMax + " bytes"));
        }
        if (received.isDone()) {
            if (exchange != null) {
                exchange.reset();
            }
            return size;
        }
        try {
            bytes.readBytes(body, size);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return size;
    }

    @Override
    public void onWritable() {}

    @Override
    public void onEnd() {
        if (head == null) {
            received.completeExceptionally(DiscoveryException.badAnswer("it has no status"));
        } else {
            received.complete(new Received(head, body.toByteArray()));
        }
    }

    @Override
    public void onFailed(ExchangeFailure failure) {
        received.completeExceptionally(
                switch (failure.kind()) {
                    case NETWORK -> new DiscoveryException("META0003", failure.message(), true);
                    case SPEAKS_HTTP_1_1 -> new DiscoveryException("META0014", failure.message(), false);
                    case SPEAKS_ONLY_HTTP_2 -> new DiscoveryException("META0003", failure.message(), false);
                });
    }
}
