package dev.reprise.engine.invoker;

import dev.reprise.protocol.RawMessage;
import java.util.List;

/** Told what a deployment sends in an attempt; must return at once. */
public interface AttemptListener {
    /** Messages, in the order the handler sent them. */
    void onMessages(List<RawMessage> messages);

    /** The handler's side ended in order; nothing follows. */
    void onClosed();

    /** The stream broke or could not be opened; nothing follows. */
    void onFailed(String reason);
}
