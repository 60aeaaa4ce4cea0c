package dev.reprise.sdk.attempt;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/** Receives an attempt's messages to the engine. Called by one thread at a time. */
public interface AttemptOutput {
    /** Messages from the handler, in order. */
    void send(List<RawMessage> messages);

    /** The attempt ended in order: nothing follows. */
    void close();
}
