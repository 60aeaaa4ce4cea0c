package dev.reprise.server.client;

import io.netty.buffer.ByteBuf;

/** A request that has begun on a connection. Belongs to the connection's event loop. */
public interface Exchange {
    /** Whether more of the body would go out soon instead of being buffered. */
    boolean isWritable();

    /** Writes a piece of the body and releases it; it goes out with the loop's next flush. */
    void write(ByteBuf body, boolean last);

    /** The same; {@code gone} runs on the loop once the piece has left this process or was discarded. */
    void write(ByteBuf body, boolean last, Runnable gone);

    /** Lets the peer send this many more bytes: bytes that {@link ExchangeListener#onBody} held back before. */
    void giveBack(int bytes);

    /** Ends the exchange at once; the listener hears nothing more. */
    void reset();

    /**
     * Ends the request in order and ignores the rest of the answer: the listener hears nothing more, and the connection
     * is used again if the peer ends its side in time.
     */
    void leave();
}
