package dev.reprise.server.metrics;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.server.deployment.AttemptWatch;
import dev.reprise.server.deployment.WatchedAttempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Counts attempts and measures steps as their messages pass. Looks only at the messages' types and first bytes. */
final class MeteredTransport implements DeploymentTransport {
    private final DeploymentTransport transport;
    private final HandlerMeters handlers;
    private final Timer steps;

    MeteredTransport(DeploymentTransport transport, HandlerMeters handlers, Timer steps) {
        this.transport = transport;
        this.handlers = handlers;
        this.steps = steps;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        HandlerMeters.Meters meters = handlers.of(head.service(), head.handler());
        meters.started.increment();
        return WatchedAttempt.open(transport, head, listener, new Watch(meters, steps));
    }

    /** One attempt. Only its first final message counts. */
    private static final class Watch implements AttemptWatch {
        private final HandlerMeters.Meters meters;
        private final Timer steps;

        /* Guarded by this. */
        private final Deque<Long> resultNanos = new ArrayDeque<>();
        private boolean over;

        Watch(HandlerMeters.Meters meters, Timer steps) {
            this.meters = meters;
            this.steps = steps;
        }

        @Override
        public void received(RawMessage message) {
            int type = message.type();
            if (type == MessageType.PROPOSE_RUN_COMPLETION.code()) {
                triesFailed(message);
                result();
            } else if (type == MessageType.END.code()) {
                over(meters.completed);
            } else if (type == MessageType.SUSPENSION.code()) {
                over(meters.suspended);
            } else if (type == MessageType.ERROR.code()) {
                triesFailed(message);
                over(meters.failed);
            }
        }

        private void triesFailed(RawMessage message) {
            int tries = MessageCodec.failedTries(message);
            if (tries > 0) {
                meters.failedTries.increment(tries);
            }
        }

        private synchronized void result() {
            resultNanos.addLast(System.nanoTime());
        }

        /** Results become durable in the order in which they arrived. */
        @Override
        public synchronized void recorded(int completionId) {
            Long began = resultNanos.pollFirst();
            if (began != null) {
                steps.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        }

        private synchronized void over(Counter counter) {
            if (!over) {
                over = true;
                counter.increment();
            }
        }

        @Override
        public void closed() {
            over(meters.failed);
        }

        @Override
        public void failed(String reason) {
            over(meters.failed);
        }

        @Override
        public void ended() {
            over(meters.aborted);
        }
    }
}
