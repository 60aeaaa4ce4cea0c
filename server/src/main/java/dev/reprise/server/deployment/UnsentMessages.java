package dev.reprise.server.deployment;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.RawMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Messages that wait to be written to a handler, with a bound on their bytes. The first part, the start with the
 * journal, exists anyway and may have any size; only what follows counts. Any thread adds, one thread takes.
 */
final class UnsentMessages {
    /** Messages are combined up to this size; a larger one goes alone and is not copied. */
    static final int BATCH_BYTES = 32 << 10;

    /** The number of bytes whose departure is worth reporting. */
    private static final int NOTABLE_BYTES = 4 << 10;

    private final long bytesMax;
    private final Deque<RawMessage> messages = new ArrayDeque<>();
    private long bytes;
    private long bytesAtStart = -1;
    /** Bytes that were taken out and are still in this process. */
    private long takenBytes;
    /** Whether there was a notable amount since it was last empty. */
    private boolean notable;

    private boolean ended;
    private boolean awake;

    /** The outcome of adding messages. */
    enum Added {
        /** They were added, and whoever takes them must be woken. */
        WAKE,
        /** They were added, and whoever takes them knows already. */
        QUIET,
        /** The bound is exceeded; nothing was added. */
        FULL
    }

    /** Bytes to write; {@code last} when nothing follows. */
    record Batch(ByteBuf bytes, boolean last) {
        /** Whether this is not a copy, so that the message itself stays in memory until it is written. */
        boolean isLarge() {
            return bytes.readableBytes() > BATCH_BYTES;
        }
    }

    UnsentMessages(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Adds a part of the start and the replay, however much waits: its memory was reserved. */
    synchronized Added addReplay(List<RawMessage> more) {
        bytesAtStart = Long.MAX_VALUE - bytesMax;
        Added added = add(more);
        bytesAtStart = bytes;
        return added;
    }

    synchronized Added add(List<RawMessage> more) {
        if (ended) {
            return Added.QUIET;
        }
        if (bytesAtStart >= 0 && bytes > bytesMax + bytesAtStart) {
            return Added.FULL;
        }
        for (RawMessage message : more) {
            messages.add(message);
            bytes += Frame.HEADER_BYTES + message.body().size();
        }
        if (bytesAtStart < 0) {
            bytesAtStart = bytes;
        }
        notable |= bytes > NOTABLE_BYTES;
        return wake();
    }

    /** Nothing more will be added. */
    synchronized Added end() {
        ended = true;
        return wake();
    }

    /** Forgets everything that waits; nothing more will be added. */
    synchronized void clear() {
        ended = true;
        messages.clear();
        bytes = 0;
    }

    /** How many bytes wait in all once nothing more can come, otherwise -1. */
    synchronized long totalBytes() {
        return ended ? bytes : -1;
    }

    /** Whether only the end remains to be written. */
    synchronized boolean isAtEnd() {
        return ended && messages.isEmpty();
    }

    /**
     * The next bytes to write, or an empty batch if none wait now. A batch that is empty and last ends the request.
     */
    Batch take(ByteBufAllocator allocator) {
        List<RawMessage> taken = new ArrayList<>();
        boolean last;
        int size = 0;
        synchronized (this) {
            RawMessage next = messages.peek();
            while (next != null && (taken.isEmpty() || size + sizeOf(next) <= BATCH_BYTES)) {
                taken.add(messages.remove());
                size += sizeOf(next);
                next = messages.peek();
            }
            bytes -= size;
            takenBytes += size;
            awake = next != null;
            last = ended && next == null;
        }
        return new Batch(encode(taken, size, allocator), last);
    }

    private Added wake() {
        Added added = awake ? Added.QUIET : Added.WAKE;
        awake = true;
        return added;
    }

    /** How many bytes wait here, or were taken out and are still in this process. */
    synchronized long unsentBytes() {
        return bytes + takenBytes;
    }

    /** These bytes, taken out earlier, have left; returns whether all have, after a notable amount. */
    synchronized boolean sent(int size) {
        takenBytes -= size;
        boolean isNews = notable && bytes + takenBytes == 0;
        notable &= !isNews;
        return isNews;
    }

    private static int sizeOf(RawMessage message) {
        return Frame.HEADER_BYTES + message.body().size();
    }

    private static ByteBuf encode(List<RawMessage> messages, int size, ByteBufAllocator allocator) {
        if (messages.isEmpty()) {
            return Unpooled.EMPTY_BUFFER;
        }
        if (size > BATCH_BYTES) {
            RawMessage large = messages.getFirst();
            ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
            FrameEncoder.writeHeader(new Frame(large), header);
            return Unpooled.wrappedBuffer(
                    header.flip(), ByteBuffer.wrap(large.body().array()));
        }
        ByteBuf out = allocator.directBuffer(size, size);
        ByteBuffer view = out.internalNioBuffer(0, size);
        messages.forEach(message -> FrameEncoder.write(new Frame(message), view));
        return out.writerIndex(size);
    }
}
