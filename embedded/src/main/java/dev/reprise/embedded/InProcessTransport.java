package dev.reprise.embedded;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.RawMessage;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.handler.InvocationHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens attempts on handlers in this JVM and passes messages on as they are. While the log is behind, handlers that
 * have said much wait before they say more. Any thread.
 */
public final class InProcessTransport implements DeploymentTransport {
    private final InvocationHandler handlers;
    private final MemoryPool room;

    /** Handlers that together may say as much as the log lets gather before it refuses new invocations. */
    @SuppressWarnings("exports") // only our own modules have an InvocationHandler
    public InProcessTransport(InvocationHandler handlers) {
        this(handlers, new MemoryPool(FileLogOptions.DEFAULT.backlogBytesMax()));
    }

    /** Handlers that share this much room for what they have said and the engine has not taken in. */
    InProcessTransport(InvocationHandler handlers, MemoryPool room) {
        this.handlers = handlers;
        this.room = room;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        UntakenMessages untaken = new UntakenMessages(room, listener);
        Optional<AttemptInput> input =
                handlers.open(head.service(), head.handler(), head.version(), Map.of(), new Output(listener, untaken));
        if (input.isEmpty()) {
            listener.onFailed(unbound(head));
            return new NoStream();
        }
        return new Stream(input.get(), untaken);
    }

    /** The folder has an invocation of a handler that an earlier program had bound. */
    private static StreamFailure unbound(AttemptHead head) {
        String message = "expected the handler " + head.service() + "/" + head.handler()
                + " to be bound in this process, found none. Bind its service at the next start, or kill the invocation";
        return new StreamFailure(ErrorCode.INTERNAL, "RT0011", message, null).beforeHandler();
    }

    private record Output(AttemptListener listener, UntakenMessages untaken) implements AttemptOutput {
        @Override
        public void send(List<RawMessage> messages) {
            untaken.send(messages);
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

    private record Stream(AttemptInput input, UntakenMessages untaken) implements AttemptStream {
        @Override
        public void send(List<RawMessage> messages) {
            input.receive(messages);
        }

        @Override
        public void roomToReceive() {
            untaken.look();
        }

        @Override
        public void taken(int messages) {
            untaken.taken(messages);
        }

        @Override
        public void closeInput() {
            input.close();
        }

        @Override
        public void abort() {
            input.abort();
            untaken.end();
        }
    }
}
