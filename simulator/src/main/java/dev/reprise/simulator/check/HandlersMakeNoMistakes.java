package dev.reprise.simulator.check;

import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.simulator.world.SimulationFailure;
import dev.reprise.simulator.world.Trace;
import java.util.List;

/** The handlers are deterministic and the engine keeps to the protocol, so no attempt reports the opposite. */
public final class HandlersMakeNoMistakes implements Check {
    private final Trace trace;

    public HandlersMakeNoMistakes(Trace trace) {
        this.trace = trace;
    }

    @Override
    public void messagesFromHandler(WatchedStream stream, List<RawMessage> messages) {
        for (RawMessage message : messages) {
            if (message.type() == MessageType.ERROR.code()) {
                ControlMessage.ErrorMessage error = (ControlMessage.ErrorMessage) MessageCodec.decode(message);
                trace.add("  " + stream.invocationId() + " says " + error.code() + " " + error.message());
                boolean violated = error.code() == ErrorCode.PROTOCOL_VIOLATION && !stream.isCut();
                if (error.code() == ErrorCode.JOURNAL_MISMATCH || violated) {
                    throw new SimulationFailure(stream.invocationId() + " says " + error);
                }
            }
        }
    }
}
