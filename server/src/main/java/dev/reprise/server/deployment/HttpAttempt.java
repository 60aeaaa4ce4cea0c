package dev.reprise.server.deployment;

import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.LogKeys;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import dev.reprise.server.client.Destination;
import dev.reprise.server.client.Exchange;
import dev.reprise.server.client.ExchangeFailure;
import dev.reprise.server.client.ExchangeListener;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.Loop;
import dev.reprise.server.client.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One attempt as one request: its body is what the engine sends, and the answer's body is what the handler sends. The
 * request begins with the first messages, so that head and messages go out together. The engine's thread uses the
 * {@link AttemptStream} side, the connection's loop the {@link ExchangeListener} side.
 */
final class HttpAttempt implements AttemptStream, ExchangeListener {
    private static final Logger log = LoggerFactory.getLogger(HttpAttempt.class);

    private final HttpClient client;
    private final MessageLimits limits;
    private final Loop loop;
    private final Destination destination;
    private final AttemptRequest request;
    private final @Nullable RequestSigner identity;
    private final AttemptListener listener;
    private final UnsentMessages outbox;
    private final UntakenMessages inbox;

    /** Set by either side when the listener must not be called any more. */
    private volatile boolean over;
    /** Written only by the loop's thread. */
    private volatile SendingState sending = SendingState.UNSENT;

    /* The loop's thread alone. */
    private boolean lastWordReceived;

    private @Nullable Exchange exchange;
    /**
     * Received but not yet delivered: the engine gets what is read at once in one call, and records it with one forced
     * write.
     */
    private List<Frame> received = new ArrayList<>();

    HttpAttempt(
            HttpClient client,
            MessageLimits limits,
            AttemptRequest request,
            @Nullable RequestSigner identity,
            AttemptListener listener) {
        this.client = client;
        this.limits = limits;
        this.loop = client.loop(request.head().invocationId().hashCode());
        this.destination = request.destination();
        this.request = request;
        this.identity = identity;
        this.listener = listener;
        this.outbox = new UnsentMessages(limits.waitingBytesMax());
        this.inbox = new UntakenMessages(limits.messageBytesMax(), limits.receivedBytesMax());
    }

    @Override
    public void send(List<RawMessage> messages) {
        UnsentMessages.Added added = outbox.add(messages);
        if (request.isRequestResponse()) {
            outbox.end();
        }
        react(added);
    }

    private void react(UnsentMessages.Added added) {
        switch (added) {
            case WAKE -> execute(this::pump);
            case QUIET -> {}
            case FULL ->
                execute(() -> fail(StreamFailure.network("the handler does not read: more than "
                        + limits.waitingBytesMax() + " bytes wait to be sent to " + destination)));
        }
    }

    @Override
    public void replay(List<RawMessage> messages, boolean whole) {
        UnsentMessages.Added added = outbox.addReplay(messages);
        if (whole && request.isRequestResponse()) {
            // Later messages are in the journal of the next attempt.
            outbox.end();
        }
        react(added);
    }

    @Override
    public long unsentBytes() {
        return outbox.unsentBytes();
    }

    @Override
    public void roomToReceive() {
        execute(this::giveBack);
    }

    @Override
    public void taken(int messages) {
        if (inbox.taken(messages)) {
            execute(this::giveBack);
        }
    }

    @Override
    public void closeInput() {
        if (outbox.end() == UnsentMessages.Added.WAKE) {
            execute(this::pump);
        }
    }

    @Override
    public void abort() {
        over = true;
        outbox.clear();
        if (sending != SendingState.GONE) {
            execute(this::endExchange);
        }
    }

    private void execute(Runnable task) {
        if (!loop.execute(() -> carefully(task)) && !over) {
            over = true;
            listener.onFailed(StreamFailure.network("the server is shutting down"));
        }
    }

    /** An exception on the loop ends the attempt, which would otherwise wait forever. */
    private void carefully(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            about(log.atError().setCause(e)).log("an attempt failed in this server");
            fail(StreamFailure.network("the attempt failed in this server: " + e));
        }
    }

    private void giveBack() {
        if (over || !hasRoom()) {
            return;
        }
        int bytes = inbox.releaseWithheld();
        if (exchange != null && bytes > 0) {
            exchange.giveBack(bytes);
        }
    }

    /** Whether the handler may send more than it has sent; the listener hears of what is held. */
    private boolean hasRoom() {
        return listener.holds(inbox.heldBytes(), inbox.messageBytes()) && inbox.hasRoom();
    }

    /** An attempt whose last message has arrived ends in order; any other is cut. */
    private void endExchange() {
        if (exchange != null && lastWordReceived) {
            exchange.leave();
        } else if (exchange != null) {
            exchange.reset();
        }
        exchange = null;
    }

    /** Writes as much as the handler accepts. */
    private void pump() {
        if (over) {
            return;
        }
        if (sending == SendingState.UNSENT) {
            become(SendingState.OPENING);
            client.open(loop, destination, request.toHead(outbox.totalBytes(), identity), this);
            return;
        }
        if (exchange != null && sending != SendingState.SENT) {
            become(SendingState.SENDING);
            writeTo(exchange);
        }
    }

    private void writeTo(Exchange to) {
        while (sending == SendingState.SENDING && (to.isWritable() || outbox.isAtEnd())) {
            UnsentMessages.Batch batch = outbox.take(ByteBufAllocator.DEFAULT);
            if (batch.last()) {
                become(SendingState.SENT);
            } else if (!batch.bytes().isReadable()) {
                return;
            }
            write(to, batch);
        }
        if (sending == SendingState.SENDING) {
            become(SendingState.STALLED);
        }
    }

    private void become(SendingState next) {
        sending = sending.then(next);
    }

    private void write(Exchange to, UnsentMessages.Batch batch) {
        int size = batch.bytes().readableBytes();
        if (batch.isLarge()) {
            to.write(batch.bytes(), batch.last(), () -> sent(size));
        } else {
            // A small copy that is soon gone; it is not worth a callback each time.
            to.write(batch.bytes(), batch.last());
            sent(size);
        }
    }

    private void sent(int bytes) {
        if (outbox.sent(bytes) && !over) {
            listener.onSent();
        }
    }

    @Override
    public boolean isWanted() {
        return !over;
    }

    @Override
    public void onOpen(Exchange opened) {
        exchange = opened;
        become(SendingState.SENDING);
        pump();
    }

    @Override
    public void onWritable() {
        if (sending == SendingState.STALLED) {
            become(SendingState.SENDING);
            execute(this::pump);
        }
    }

    @Override
    public void onHead(ResponseHead head) {
        AnswerCheck.failure(request, head, Instant.now()).ifPresent(this::fail);
    }

    @Override
    public int onBody(ByteBuf body) {
        int bytes = body.readableBytes();
        if (over) {
            return bytes;
        }
        try {
            List<Frame> frames = inbox.receive(body);
            if (!frames.isEmpty()) {
                frames.forEach(this::warnWhenLarge);
                lastWordReceived = isLastWord(frames.getLast().message());
                deliverSoon(frames);
            }
        } catch (ProtocolException e) {
            deliver();
            fail(new StreamFailure(e.code(), "RT0003", String.valueOf(e.getMessage()), null));
        }
        if (over || hasRoom()) {
            return bytes;
        }
        inbox.withhold(bytes);
        return 0;
    }

    /** Runs once the loop has handled what it is reading. */
    private void deliverSoon(List<Frame> frames) {
        boolean first = received.isEmpty();
        received.addAll(frames);
        if (first) {
            execute(this::deliver);
        }
    }

    private void deliver() {
        if (over || received.isEmpty()) {
            return;
        }
        List<Frame> frames = received;
        received = new ArrayList<>();
        try {
            listener.onFrames(frames);
        } catch (RuntimeException e) {
            about(log.atError().setCause(e)).log("the engine could not take what the handler sent");
            fail(StreamFailure.protocol("the engine could not take what the handler sent: " + e));
        }
    }

    private void warnWhenLarge(Frame frame) {
        if (frame.sizeBytes() > limits.messageBytesWarning()) {
            about(log.atWarn())
                    .log(
                            "{} sent a message of {} bytes, more than message-size-warning ({}); message-size-limit is {}",
                            request.head().target(),
                            frame.sizeBytes(),
                            limits.messageBytesWarning(),
                            limits.messageBytesMax());
        }
    }

    private LoggingEventBuilder about(LoggingEventBuilder line) {
        return line.addKeyValue(LogKeys.INVOCATION_ID, request.head().invocationId())
                .addKeyValue(LogKeys.INVOCATION_TARGET, request.head().target());
    }

    private static boolean isLastWord(RawMessage message) {
        int type = message.type();
        return type == MessageType.END.code()
                || type == MessageType.SUSPENSION.code()
                || type == MessageType.ERROR.code();
    }

    @Override
    public void onEnd() {
        exchange = null;
        become(SendingState.GONE);
        deliver();
        if (over) {
            return;
        }
        try {
            inbox.requireFrameEnd();
        } catch (ProtocolException e) {
            fail(StreamFailure.protocol(String.valueOf(e.getMessage())));
            return;
        }
        over = true;
        listener.onClosed();
    }

    @Override
    public void onFailed(ExchangeFailure failure) {
        StreamFailure broken = StreamFailure.network(failure.message());
        StreamFailure reported = exchange == null ? broken.beforeHandler() : broken;
        exchange = null;
        become(SendingState.GONE);
        deliver();
        fail(reported);
    }

    private void fail(StreamFailure failure) {
        if (over) {
            return;
        }
        over = true;
        outbox.clear();
        if (exchange != null) {
            exchange.reset();
            exchange = null;
        }
        listener.onFailed(failure);
    }
}
