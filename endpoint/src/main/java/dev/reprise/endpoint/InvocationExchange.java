package dev.reprise.endpoint;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt over a request and its answer: bytes to messages and messages to bytes. The request's thread and the
 * handler's meet here.
 */
final class InvocationExchange implements RequestBody, AttemptOutput {
    private final ProtocolVersion version;
    private final EndpointResponse response;
    private final Consumer<InvocationExchange> onEnd;
    private final FrameDecoder decoder = new FrameDecoder();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Null before it began and after it was broken off. */
    private volatile @Nullable AttemptInput input;

    private boolean suspending;

    /** Used by the thread that answers, one at a time. */
    private boolean headSent;

    InvocationExchange(ProtocolVersion version, EndpointResponse response, Consumer<InvocationExchange> onEnd) {
        this.version = version;
        this.response = response;
        this.onEnd = onEnd;
    }

    void begin(AttemptInput attempt) {
        input = attempt;
    }

    @Override
    public synchronized void write(ByteBuffer bytes) {
        AttemptInput attempt = input;
        if (attempt == null || suspending) {
            bytes.position(bytes.limit());
            return;
        }
        try {
            List<RawMessage> messages =
                    decoder.decode(bytes).stream().map(Frame::message).toList();
            if (!messages.isEmpty()) {
                attempt.receive(messages);
            }
        } catch (ProtocolException e) {
            breakOff(attempt, e);
        }
    }

    @Override
    public synchronized void end() {
        AttemptInput attempt = input;
        if (attempt == null || suspending) {
            return;
        }
        try {
            decoder.requireFrameEnd();
            attempt.close();
        } catch (ProtocolException e) {
            breakOff(attempt, e);
        }
    }

    private void breakOff(AttemptInput attempt, ProtocolException cause) {
        input = null;
        attempt.abort();
        finish(() -> response.fail(cause));
    }

    /** Lets the handler suspend when it can go no further, whatever still comes. Any thread. */
    synchronized void suspend() {
        AttemptInput attempt = input;
        if (attempt != null) {
            suspending = true;
            attempt.close();
        }
    }

    @Override
    public void abort() {
        AttemptInput attempt = input;
        if (attempt != null) {
            attempt.abort();
        }
        finish(() -> {});
    }

    @Override
    public void send(List<RawMessage> messages) {
        List<Frame> frames = messages.stream().map(this::frame).toList();
        sendHead();
        response.write(FrameEncoder.encode(frames));
    }

    /** From V7 on, the result of a run is acknowledged by its id alone if one asks for it. */
    private Frame frame(RawMessage message) {
        boolean acknowledged = version.compareTo(ProtocolVersion.V7) >= 0
                && message.type() == MessageType.PROPOSE_RUN_COMPLETION.code();
        return new Frame(message, acknowledged);
    }

    @Override
    public void close() {
        finish(() -> {
            sendHead();
            response.end();
        });
    }

    private void sendHead() {
        if (!headSent) {
            headSent = true;
            response.head(
                    200,
                    Map.of(
                            "content-type",
                            version.contentType(),
                            EndpointHandler.SERVER_HEADER,
                            EndpointHandler.SERVER));
        }
    }

    private void finish(Runnable last) {
        if (ended.compareAndSet(false, true)) {
            try {
                last.run();
            } finally {
                onEnd.accept(this);
            }
        }
    }
}
