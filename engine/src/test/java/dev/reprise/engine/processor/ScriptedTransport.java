package dev.reprise.engine.processor;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.engine.partition.machine.Names;
import dev.reprise.engine.partition.machine.ScenarioPrinter;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs no handler: notes what the engine sends, and says what the scenario lets it say. */
final class ScriptedTransport implements DeploymentTransport {
    private final Names names;
    private final ScenarioPrinter printer;
    private final Consumer<String> seen;
    private final TreeMap<InvocationId, List<Attempt>> attempts = new TreeMap<>();

    ScriptedTransport(Names names, Consumer<String> seen) {
        this.names = names;
        this.printer = new ScenarioPrinter(names);
        this.seen = seen;
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        List<Attempt> all = attempts.computeIfAbsent(head.invocationId(), _ -> new ArrayList<>());
        Attempt attempt = new Attempt(names.of(head.invocationId()) + "#" + (all.size() + 1), listener);
        all.add(attempt);
        seen.accept(attempt.name + " opens on " + Names.of(head.deployment().id()) + " " + head.version() + " "
                + head.service() + "/" + head.handler());
        return attempt;
    }

    /** An invocation's attempt by its number, from 1. */
    Attempt attempt(InvocationId id, int number) {
        return attempts(id).get(number - 1);
    }

    /** The latest attempt of an invocation. */
    Attempt attempt(InvocationId id) {
        return attempts(id).getLast();
    }

    private List<Attempt> attempts(InvocationId id) {
        return attempts.getOrDefault(id, List.of());
    }

    /** One stream, both ends. */
    final class Attempt implements AttemptStream {
        private final String name;
        private final AttemptListener listener;

        private Attempt(String name, AttemptListener listener) {
            this.name = name;
            this.listener = listener;
        }

        void says(Frame frame) {
            listener.onFrames(List.of(frame));
        }

        void closes() {
            listener.onClosed();
        }

        void refuses(StreamFailure failure) {
            listener.onFailed(failure);
        }

        void fails(String reason) {
            listener.onFailed(reason);
        }

        @Override
        public void send(List<RawMessage> messages) {
            seen.accept(name + " gets "
                    + String.join(", ", messages.stream().map(this::text).toList()));
        }

        private String text(RawMessage raw) {
            return switch (MessageCodec.decode(raw)) {
                case ControlMessage.Start start -> start(start);
                case ControlMessage.CommandAck ack -> "CommandAck(" + ack.commandIndex() + ")";
                case ControlMessage.ProposeRunCompletionAck ack -> "RunAck(" + ack.completionId() + ")";
                default -> printer.message(raw);
            };
        }

        private String start(ControlMessage.Start start) {
            StringBuilder text = new StringBuilder("Start(").append(start.knownEntries());
            if (start.retryCountSinceLastStoredEntry() > 0) {
                text.append(" retries=").append(start.retryCountSinceLastStoredEntry());
            }
            start.stateMap()
                    .forEach(entry -> text.append(' ')
                            .append(entry.key().utf8())
                            .append('=')
                            .append(entry.value().utf8()));
            return text.append(start.partialState() ? " partial)" : ")").toString();
        }

        @Override
        public void taken(int messages) {
            seen.accept(name + " taken " + messages);
        }

        @Override
        public void closeInput() {
            seen.accept(name + " input closed");
        }

        @Override
        public void abort() {
            seen.accept(name + " aborted");
        }
    }
}
