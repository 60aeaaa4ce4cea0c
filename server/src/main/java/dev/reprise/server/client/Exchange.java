package dev.reprise.server.client;

import io.netty.buffer.ByteBuf;

/** One request that was begun on a connection. Belongs to the connection's event loop. */
public interface Exchange {
    /** Whether more of the body would go out soon and not be kept. */
    boolean isWritable();

    /** Writes a piece of the body, which is released; it goes out with the loop's next flush. */
    void write(ByteBuf body, boolean last);

    /** The same; {@code gone} is run, on the loop, when the piece is not in this process any more, whatever became of it. */
    void write(ByteBuf body, boolean last, Runnable gone);

    /** Lets the peer send so many bytes more: bytes that {@link ExchangeListener#onBody} kept back before. */
    void giveBack(int bytes);

    /** Ends the exchange at once; the listener is told nothing more. */
    void reset();

    /**
     * Ends the request in order and takes no more interest in the answer: the listener is told nothing more, and the
     * connection is used again if the peer ends its side in time.
     */
    void leave();
}
