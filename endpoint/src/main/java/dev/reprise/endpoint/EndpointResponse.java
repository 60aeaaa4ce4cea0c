package dev.reprise.endpoint;

import java.nio.ByteBuffer;
import java.util.Map;

/** Where an answer goes. Called by one thread at a time, first {@link #head}, last {@link #end} or {@link #fail}. */
public interface EndpointResponse {
    /** What comes before the answer's body. */
    void head(int status, Map<String, String> headers);

    /**
     * The next bytes, which stay as they are. May wait until the reader has taken earlier ones: this is how a slow
     * reader holds a handler back.
     *
     * @throws RuntimeException when the reader is gone
     */
    void write(ByteBuffer bytes);

    /** The answer is complete. */
    void end();

    /** The answer breaks off: the reader must not take what it has for all. */
    void fail(RuntimeException cause);
}
