package dev.reprise.sdk.attempt;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/** Receives an attempt's messages from the engine. Called by one thread at a time; never blocks. */
public interface AttemptInput {
    /** Messages from the engine, in order. */
    void receive(List<RawMessage> messages);

    /** No more messages will come: the handler suspends when it cannot continue. */
    void close();

    /** The attempt is over: the handler is unwound, and everything that it still sends is dropped. */
    void abort();
}
