package dev.reprise.server.metrics;

import dev.reprise.engine.invoker.AttemptHead;
import dev.reprise.engine.invoker.AttemptListener;
import dev.reprise.engine.invoker.AttemptStream;
import dev.reprise.engine.invoker.DeploymentTransport;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts attempts and measures steps on their way through. Looks at the types of messages alone. */
final class MeteredTransport implements DeploymentTransport {
    private final DeploymentTransport transport;
    private final AttemptMeters meters;

    MeteredTransport(DeploymentTransport transport, AttemptMeters meters) {
        this.transport = transport;
        this.meters = meters;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        meters.started.increment();
        Attempt attempt = new Attempt(listener, meters);
        return new Stream(transport.open(head, attempt), attempt);
    }

    /** What comes from the handler. The first last word counts. */
    private static final class Attempt implements AttemptListener {
        private final AttemptListener listener;
        private final AttemptMeters meters;

        /* Guarded by this. */
        private final Deque<Long> resultNanos = new ArrayDeque<>();
        private boolean over;

        Attempt(AttemptListener listener, AttemptMeters meters) {
            this.listener = listener;
            this.meters = meters;
        }

        @Override
        public void onFrames(List<Frame> frames) {
            for (Frame frame : frames) {
                int type = frame.message().type();
                if (type == MessageType.PROPOSE_RUN_COMPLETION.code()) {
                    result();
                } else if (type == MessageType.END.code()) {
                    over(meters.completed);
                } else if (type == MessageType.SUSPENSION.code()) {
                    over(meters.suspended);
                } else if (type == MessageType.ERROR.code()) {
                    over(meters.failed);
                }
            }
            listener.onFrames(frames);
        }

        private synchronized void result() {
            resultNanos.addLast(System.nanoTime());
        }

        /** Results become durable, and are answered, in the order in which they came. */
        synchronized void answered() {
            Long began = resultNanos.pollFirst();
            if (began != null) {
                meters.steps.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        }

        synchronized void over(Counter counter) {
            if (!over) {
                over = true;
                counter.increment();
            }
        }

        @Override
        public void onClosed() {
            over(meters.failed);
            listener.onClosed();
        }

        @Override
        public void onFailed(String reason) {
            over(meters.failed);
            listener.onFailed(reason);
        }
    }

    /** What goes to the handler. */
    private record Stream(AttemptStream stream, Attempt attempt) implements AttemptStream {
        @Override
        public void send(List<RawMessage> messages) {
            // The replay comes before any result, and finds none waiting.
            for (RawMessage message : messages) {
                int type = message.type();
                if (type == MessageType.RUN_COMPLETION.code()
                        || type == MessageType.PROPOSE_RUN_COMPLETION_ACK.code()) {
                    attempt.answered();
                }
            }
            stream.send(messages);
        }

        @Override
        public void taken(int messages) {
            stream.taken(messages);
        }

        @Override
        public void closeInput() {
            stream.closeInput();
        }

        @Override
        public void abort() {
            attempt.over(attempt.meters.aborted);
            stream.abort();
        }
    }
}
