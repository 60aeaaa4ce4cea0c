package dev.reprise.sdk.handler;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.closure.RunStep;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages between an attempt's state machine and the engine. If the output fails, the attempt is treated as ended
 * by the engine. Used by the thread that has the baton.
 */
final class EngineStream {
    private static final Logger LOG = LoggerFactory.getLogger(EngineStream.class);

    private final InvocationStateMachine machine;
    private final Mailbox mailbox;
    private final AttemptOutput output;
    private final String service;

    EngineStream(InvocationStateMachine machine, Mailbox mailbox, AttemptOutput output, String service) {
        this.machine = machine;
        this.mailbox = mailbox;
        this.output = output;
        this.service = service;
    }

    /**
     * Passes what other threads have posted to the state machine and to {@code closureEnded}; returns whether there was
     * anything.
     */
    boolean receive(BiConsumer<CompletionId, RunStep.Outcome> closureEnded) {
        boolean any = false;
        for (Mailbox.Letter letter = mailbox.poll(); letter != null; letter = mailbox.poll()) {
            any = true;
            switch (letter) {
                case Mailbox.Received(List<RawMessage> messages) -> messages.forEach(machine::receive);
                case Mailbox.InputClosed() -> machine.inputClosed();
                case Mailbox.ClosureEnded(var run, var outcome) -> closureEnded.accept(run, outcome);
            }
        }
        return any;
    }

    /** Sends pending messages, unless the engine has ended the attempt. */
    void flush() {
        if (mailbox.isAborted()) {
            return;
        }
        List<RawMessage> messages = machine.takeOutput();
        if (!messages.isEmpty()) {
            orAbort(() -> output.send(messages));
        }
    }

    /** Reports the end of the messages, unless the engine has ended the attempt. */
    void close() {
        if (!mailbox.isAborted()) {
            orAbort(output::close);
        }
    }

    private void orAbort(Runnable sending) {
        try {
            sending.run();
        } catch (RuntimeException e) {
            LOG.debug("{}: the output failed", service, e);
            mailbox.abort();
        }
    }
}
