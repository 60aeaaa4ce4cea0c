package dev.reprise.server.deployment;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.RawMessage;
import java.util.List;

/** An attempt with an observer, which changes nothing about it. */
public final class WatchedAttempt {
    private WatchedAttempt() {}

    /** As {@link DeploymentTransport#open}. */
    public static AttemptStream open(
            DeploymentTransport transport, AttemptHead head, AttemptListener listener, AttemptWatch watch) {
        return new FromEngine(transport.open(head, new FromHandler(listener, watch)), watch);
    }

    private record FromHandler(AttemptListener listener, AttemptWatch watch) implements AttemptListener {
        @Override
        public void onFrames(List<Frame> frames) {
            for (Frame frame : frames) {
                watch.received(frame.message());
            }
            listener.onFrames(frames);
        }

        @Override
        public boolean holds(long bytes, long messageBytes) {
            return listener.holds(bytes, messageBytes);
        }

        @Override
        public void onSent() {
            listener.onSent();
        }

        @Override
        public void onClosed() {
            watch.closed();
            listener.onClosed();
        }

        @Override
        public void onFailed(String reason) {
            watch.failed(reason);
            listener.onFailed(reason);
        }

        @Override
        public void onFailed(StreamFailure failure) {
            watch.failed(failure.message());
            listener.onFailed(failure);
        }
    }

    private record FromEngine(AttemptStream stream, AttemptWatch watch) implements AttemptStream {
        @Override
        public void send(List<RawMessage> messages) {
            watch.sent(messages);
            stream.send(messages);
        }

        @Override
        public void replay(List<RawMessage> messages, boolean whole) {
            watch.sent(messages);
            stream.replay(messages, whole);
        }

        @Override
        public long unsentBytes() {
            return stream.unsentBytes();
        }

        @Override
        public void roomToReceive() {
            stream.roomToReceive();
        }

        @Override
        public void taken(int messages) {
            stream.taken(messages);
        }

        @Override
        public void recorded(int completionId) {
            watch.recorded(completionId);
            stream.recorded(completionId);
        }

        @Override
        public void closeInput() {
            stream.closeInput();
        }

        @Override
        public void abort() {
            watch.ended();
            stream.abort();
        }
    }
}
