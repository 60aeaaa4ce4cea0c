package dev.reprise.protocol;

import java.nio.ByteBuffer;
import java.util.List;

/** Writes frames. Stateless; any thread. */
public final class FrameEncoder {
    private static final int TYPE_MAX = 0xFFFF;

    private FrameEncoder() {}

    /** The wire form of one message without flags, ready to be read. */
    public static ByteBuffer encode(RawMessage message) {
        return encode(new Frame(message));
    }

    /** The wire form of one frame, ready to be read. */
    public static ByteBuffer encode(Frame frame) {
        return encode(List.of(frame));
    }

    /**
     * The wire form of frames that follow each other, in one buffer ready to be read.
     *
     * @throws ArithmeticException when they take more than 2 GiB
     */
    public static ByteBuffer encode(List<Frame> frames) {
        int size = 0;
        for (Frame frame : frames) {
            size = Math.addExact(size, frame.sizeBytes());
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (Frame frame : frames) {
            write(frame, out);
        }
        return out.flip();
    }

    /**
     * Writes the wire form of one frame at a buffer's position.
     *
     * @throws java.nio.BufferOverflowException when fewer than {@link Frame#sizeBytes} bytes are left
     */
    public static void write(Frame frame, ByteBuffer out) {
        writeHeader(frame, out);
        out.put(frame.message().body().array());
    }

    /**
     * Writes the header alone, for a body that is passed along as it is.
     *
     * @throws java.nio.BufferOverflowException when fewer than {@link Frame#HEADER_BYTES} bytes are left
     */
    public static void writeHeader(Frame frame, ByteBuffer out) {
        RawMessage message = frame.message();
        if (message.type() < 0 || message.type() > TYPE_MAX) {
            throw new IllegalArgumentException("a message type has 16 bits, found " + message.type());
        }
        out.putShort((short) message.type());
        out.putShort((short) (frame.ackRequested() ? Frame.ACK_REQUESTED : 0));
        out.putInt(message.body().size());
    }
}
