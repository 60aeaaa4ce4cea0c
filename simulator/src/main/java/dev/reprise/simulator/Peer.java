package dev.reprise.simulator;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.RawMessage;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The deployment's end of a stream, with the SDK's attempt behind it. */
final class Peer implements AttemptOutput {
    private final SimulatedStream stream;
    private final boolean isHeard;
    private final FrameDecoder decoder = new FrameDecoder();
    private @Nullable AttemptInput input;
    private boolean over;

    /** One end of the stream; while nobody listens, its messages are lost. */
    Peer(SimulatedStream stream, boolean isHeard) {
        this.stream = stream;
        this.isHeard = isHeard;
    }

    void begin(AttemptInput attempt) {
        input = attempt;
    }

    void receive(ByteBuffer bytes) {
        List<RawMessage> messages =
                decoder.decode(bytes).stream().map(Frame::message).toList();
        if (input != null && !messages.isEmpty()) {
            input.receive(messages);
        }
    }

    void closeInput() {
        if (input != null) {
            input.close();
        }
    }

    /** Unwinds the handler; its messages are lost from now on. */
    void abort() {
        over = true;
        if (input != null) {
            input.abort();
        }
    }

    @Override
    public void send(List<RawMessage> messages) {
        if (!over && isHeard) {
            stream.sendToNode(messages);
        }
    }

    @Override
    public void close() {
        if (!over && isHeard) {
            stream.closeToNode();
        }
    }
}
