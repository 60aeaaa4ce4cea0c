package dev.reprise.server.client;

import io.netty.buffer.ByteBuf;

/**
 * Follows one request, on its connection's event loop: {@link #onOpen}, {@link #onHead}, any number of {@link #onBody},
 * then {@link #onEnd} or {@link #onFailed}; {@code onFailed} may come at any time and ends it.
 */
public interface ExchangeListener {
    /** Whether the request is still wanted; asked before it is sent. */
    boolean isWanted();

    /** The request's head has been written; the body may follow. */
    void onOpen(Exchange exchange);

    /** The answer begins. */
    void onHead(ResponseHead head);

    /**
     * A piece of the answer's body. It is valid only during the call.
     *
     * @return how many of its bytes the peer may send again at once; the rest waits for {@link Exchange#giveBack}
     */
    int onBody(ByteBuf body);

    /** The exchange has become writable again. */
    void onWritable();

    /** The answer is complete. */
    void onEnd();

    /** The exchange failed, or never began; nothing follows. */
    void onFailed(ExchangeFailure failure);
}
