package dev.reprise.endpoint;

import java.nio.ByteBuffer;

/** Where a request's body goes. Called by one thread at a time; never blocks. */
public interface RequestBody {
    /** The next bytes; the buffer may be used again afterwards. */
    void write(ByteBuffer bytes);

    /** The body is complete. */
    void end();

    /** The request broke off: nothing follows, and no answer is wanted. */
    void abort();
}
