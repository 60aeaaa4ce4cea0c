package dev.reprise.embedded;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.handler.InvocationHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens attempts on handlers in this JVM and passes messages on as they are. Any thread. */
public final class InProcessTransport implements DeploymentTransport {
    private final InvocationHandler handlers;

    public InProcessTransport(InvocationHandler handlers) {
        this.handlers = handlers;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        Optional<AttemptInput> input =
                handlers.open(head.service(), head.handler(), head.version(), Map.of(), new Output(listener));
        if (input.isEmpty()) {
            listener.onFailed(unbound(head));
            return new NoStream();
        }
        return new Stream(input.get());
    }

    /** The folder has an invocation of a handler that an earlier program had bound. */
    private static StreamFailure unbound(AttemptHead head) {
        String message = "expected the handler " + head.service() + "/" + head.handler()
                + " to be bound in this process, found none. Bind its service at the next start, or kill the invocation";
        return new StreamFailure(ErrorCode.INTERNAL, "RT0011", message, null).beforeHandler();
    }

    private record Output(AttemptListener listener) implements AttemptOutput {
        @Override
        public void send(List<RawMessage> messages) {
            listener.onFrames(messages.stream().map(Output::frame).toList());
        }

        /** The handler keeps a run's result until it is acknowledged. */
        private static Frame frame(RawMessage message) {
            return new Frame(message, message.type() == MessageType.PROPOSE_RUN_COMPLETION.code());
        }

        @Override
        public void close() {
            listener.onClosed();
        }
    }

    private record NoStream() implements AttemptStream {
        @Override
        public void send(List<RawMessage> messages) {}

        @Override
        public void closeInput() {}

        @Override
        public void abort() {}
    }

    private record Stream(AttemptInput input) implements AttemptStream {
        @Override
        public void send(List<RawMessage> messages) {
            input.receive(messages);
        }

        @Override
        public void closeInput() {
            input.close();
        }

        @Override
        public void abort() {
            input.abort();
        }
    }
}
