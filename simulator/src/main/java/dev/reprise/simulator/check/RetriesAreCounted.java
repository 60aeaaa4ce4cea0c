package dev.reprise.simulator.check;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The next attempt is told how many attempts have failed: one more than the attempt before it was told, if that failed
 * without a command, as long as the same leader opens them for the same right to run. Notifications that come meanwhile
 * change nothing.
 */
public final class RetriesAreCounted implements Check {
    private final Map<InvocationId, Attempt> latest = new HashMap<>();

    private static final class Attempt {
        private final WatchedStream stream;
        private final long startLsn;
        private final int failuresMin;
        private int failures;
        private boolean sentCommand;
        private boolean failed;

        Attempt(WatchedStream stream, long startLsn, int failuresMin) {
            this.stream = stream;
            this.startLsn = startLsn;
            this.failuresMin = failuresMin;
        }

        int failuresOfNext(WatchedStream next, long nextStartLsn) {
            boolean counts = failed
                    && !sentCommand
                    && next.epoch() == stream.epoch()
                    && next.node().equals(stream.node())
                    && nextStartLsn == startLsn;
            return counts ? failures + 1 : 0;
        }
    }

    @Override
    public void streamOpened(WatchedStream stream, Replica replica) {
        InvocationId id = stream.invocationId();
        Attempt before = latest.remove(id);
        replica.invocation(id).ifPresent(invocation -> {
            if (invocation.status() instanceof InvocationStatus.Invoked(long startLsn, var _)
                    && stream.epoch() == replica.epoch()) {
                latest.put(
                        id,
                        new Attempt(stream, startLsn, before == null ? 0 : before.failuresOfNext(stream, startLsn)));
            }
        });
    }

    @Override
    public void messagesToHandler(WatchedStream stream, Replica replica, List<RawMessage> messages) {
        Attempt attempt = latest.get(stream.invocationId());
        if (attempt == null
                || !attempt.stream.equals(stream)
                || messages.getFirst().type() != MessageType.START.code()) {
            return;
        }
        if (MessageCodec.decode(messages.getFirst()) instanceof ControlMessage.Start start) {
            attempt.failures = start.retryCountSinceLastStoredEntry();
            if (attempt.failures < attempt.failuresMin) {
                throw new SimulationFailure(stream.invocationId() + " is told of " + attempt.failures
                        + " failed attempts, there were " + attempt.failuresMin + " since its last command");
            }
        }
    }

    @Override
    public void messagesFromHandler(WatchedStream stream, List<RawMessage> messages) {
        Attempt attempt = latest.get(stream.invocationId());
        if (attempt != null && attempt.stream.equals(stream)) {
            for (RawMessage message : messages) {
                attempt.sentCommand |= MessageType.isCommand(message.type());
                attempt.failed |= message.type() == MessageType.ERROR.code();
            }
        }
    }
}
