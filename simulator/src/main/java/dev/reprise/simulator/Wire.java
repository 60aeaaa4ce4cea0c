package dev.reprise.simulator;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** One direction of a stream: bytes arrive later, in order, split anywhere, until it is cut off. */
final class Wire {
    private static final long DELAY_MICROS_MAX = 300;
    private static final long SLOW_MICROS_MAX = 400_000;
    private static final double CUT = 0.2;
    private static final double ACK_REQUESTED = 0.7;

    private final World world;
    private final String name;
    private long lastArrivalMicros;
    private boolean cutOff;

    Wire(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** Sends frames, as the bytes they are. */
    void send(List<RawMessage> messages, Consumer<ByteBuffer> onArrival) {
        ByteBuffer bytes =
                FrameEncoder.encode(messages.stream().map(this::frame).toList());
        while (bytes.hasRemaining()) {
            int length = world.dice().chance(CUT) ? world.dice().between(1, bytes.remaining()) : bytes.remaining();
            ByteBuffer piece = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length);
            send(length + " bytes", () -> onArrival.accept(piece));
        }
    }

    /** A message's frame; sometimes a handler asks for an acknowledgement of a run's result in place of the result. */
    private Frame frame(RawMessage message) {
        boolean proposes = message.type() == MessageType.PROPOSE_RUN_COMPLETION.code();
        return new Frame(message, proposes && world.dice().chance(ACK_REQUESTED));
    }

    /** Runs something after everything sent before has arrived. */
    void send(String what, Runnable onArrival) {
        long usually = world.strikes(Fault.SLOW) ? SLOW_MICROS_MAX : DELAY_MICROS_MAX;
        long delay = world.dice().micros(usually);
        lastArrivalMicros = Math.max(lastArrivalMicros, world.queue().nowMicros() + delay);
        world.queue().in(lastArrivalMicros - world.queue().nowMicros(), name + " " + what, () -> {
            if (!cutOff) {
                onArrival.run();
            }
        });
    }

    /** Cuts the direction off: nothing arrives any more. */
    void cutOff() {
        cutOff = true;
    }
}
