package dev.reprise.server.deployment;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Finds the messages in a handler's bytes, and counts those that the engine has not taken yet. While there are too
 * many, or no memory for them, the handler's window is not refilled. The loop's thread receives, any thread takes.
 */
final class UntakenMessages {
    /** The number of bytes whose departure is worth reporting. */
    private static final int NOTABLE_BYTES = 4 << 10;

    private final FrameDecoder decoder;
    private final int bytesMax;
    private final Queue<Integer> untaken = new ArrayDeque<>();
    private long untakenBytes;
    private long peakBytes;
    private int withheldBytes;

    UntakenMessages(int messageBytesMax, int bytesMax) {
        this.decoder = new FrameDecoder(messageBytesMax);
        this.bytesMax = bytesMax;
    }

    /**
     * The messages that these bytes complete.
     *
     * @throws ProtocolException when a message is larger than allowed
     */
    List<Frame> receive(ByteBuf bytes) {
        List<Frame> frames = bytes.nioBufferCount() == 1 ? decoder.decode(bytes.nioBuffer()) : receiveParts(bytes);
        synchronized (this) {
            for (Frame frame : frames) {
                untaken.add(frame.sizeBytes());
                untakenBytes += frame.sizeBytes();
            }
        }
        return frames;
    }

    private List<Frame> receiveParts(ByteBuf bytes) {
        List<Frame> frames = new ArrayList<>();
        for (ByteBuffer part : bytes.nioBuffers()) {
            frames.addAll(decoder.decode(part));
        }
        return frames;
    }

    /** The bytes of the messages that have not been taken, and of the one that is arriving. */
    synchronized long heldBytes() {
        return untakenBytes + decoder.unfinishedBytes();
    }

    /** The size of the message that is arriving; 0 if there is none. */
    int messageBytes() {
        return decoder.unfinishedBytes();
    }

    /** Whether so few bytes wait to be taken that more may come. */
    synchronized boolean hasRoom() {
        return untakenBytes < bytesMax;
    }

    synchronized void withhold(int bytes) {
        withheldBytes += bytes;
    }

    /** The engine took this many messages; returns whether to check now if there is room again. */
    synchronized boolean taken(int messages) {
        long before = untakenBytes;
        for (int i = 0; i < messages && !untaken.isEmpty(); i++) {
            untakenBytes -= untaken.remove();
        }
        peakBytes = Math.max(peakBytes, before);
        boolean isEmptied = untakenBytes == 0 && peakBytes > NOTABLE_BYTES;
        if (isEmptied) {
            peakBytes = 0;
        }
        return isEmptied || (withheldBytes > 0 && untakenBytes <= bytesMax / 2);
    }

    /** The bytes that were withheld and no longer are. */
    synchronized int releaseWithheld() {
        int released = withheldBytes;
        withheldBytes = 0;
        return released;
    }

    /**
     * Checks that the stream may end here.
     *
     * @throws ProtocolException when it ends inside a message
     */
    void requireFrameEnd() {
        decoder.requireFrameEnd();
    }
}
