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
 * Finds the messages in what a handler sends, and counts the bytes of those that the engine has not taken yet. While
 * they are too many, the handler does not get its window back. The loop's thread receives, any thread takes.
 */
final class Inbox {
    private final FrameDecoder decoder;
    private final int bytesMax;
    private final Queue<Integer> untaken = new ArrayDeque<>();
    private long untakenBytes;
    private int withheldBytes;

    Inbox(int messageBytesMax, int bytesMax) {
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

    /** How many of so many received bytes the handler may send again at once; the others are withheld. */
    synchronized int release(int bytes) {
        if (untakenBytes < bytesMax) {
            return bytes;
        }
        withheldBytes += bytes;
        return 0;
    }

    /** The engine took so many messages; answers whether bytes are to be given back now. */
    synchronized boolean taken(int messages) {
        for (int i = 0; i < messages && !untaken.isEmpty(); i++) {
            untakenBytes -= untaken.remove();
        }
        return withheldBytes > 0 && untakenBytes <= bytesMax / 2;
    }

    /** The bytes that were withheld and now are not. */
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
