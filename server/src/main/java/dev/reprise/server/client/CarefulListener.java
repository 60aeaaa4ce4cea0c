package dev.reprise.server.client;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails a request whose listener throws, and tells that listener. Otherwise an exception on an event loop would hit all
 * requests of the connection, while the request that caused it would hear nothing.
 */
final class CarefulListener implements ExchangeListener {
    private static final Logger log = LoggerFactory.getLogger(CarefulListener.class);

    private final ExchangeListener next;
    private @Nullable Exchange exchange;
    private boolean over;

    CarefulListener(ExchangeListener next) {
        this.next = next;
    }

    @Override
    public boolean isWanted() {
        return next.isWanted();
    }

    @Override
    public void onOpen(Exchange opened) {
        exchange = opened;
        guarded(() -> next.onOpen(opened));
    }

    @Override
    public void onHead(ResponseHead head) {
        guarded(() -> next.onHead(head));
    }

    @Override
    public int onBody(ByteBuf body) {
        int bytes = body.readableBytes();
        if (over) {
            return bytes;
        }
        try {
            return next.onBody(body);
        } catch (RuntimeException e) {
            fail(e);
            return bytes;
        }
    }

    @Override
    public void onWritable() {
        guarded(next::onWritable);
    }

    @Override
    public void onEnd() {
        guarded(next::onEnd);
        over = true;
    }

    @Override
    public void onFailed(ExchangeFailure failure) {
        if (!over) {
            over = true;
            next.onFailed(failure);
        }
    }

    private void guarded(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException mistake) {
        log.error("an exchange with a deployment failed in this server", mistake);
        if (exchange != null) {
            exchange.reset();
        }
        onFailed(ExchangeFailure.network("the exchange failed in this server: " + mistake));
    }
}
