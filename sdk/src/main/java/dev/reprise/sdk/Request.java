package dev.reprise.sdk;

import dev.reprise.protocol.Bytes;
import java.util.Map;
import java.util.Optional;

/** What the handler was invoked with. Immutable, so any thread may read it. */
public interface Request {
    /** The invocation's id, the same in every attempt. */
    String invocationId();

    /** The handler that runs: service, key if it has one, handler. */
    Target target();

    /**
     * The headers it was called with, in their order; the same in every attempt. Names are in lower case, and looked up
     * in any case; of headers with one name the last counts.
     */
    Map<String, String> headers();

    /**
     * The headers of this attempt's own request from the engine, named likewise. They differ from attempt to attempt.
     */
    Map<String, String> attemptHeaders();

    /** The argument as it came over the wire. */
    Bytes body();

    /** The idempotency key it was called with, where the engine tells it (protocol version 7). */
    Optional<String> idempotencyKey();

    /** The scope it was called in, where the engine tells it (protocol version 7). */
    Optional<String> scope();

    /** The limit key it was called with, where the engine tells it (protocol version 7). */
    Optional<String> limitKey();
}
