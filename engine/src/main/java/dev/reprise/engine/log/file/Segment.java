package dev.reprise.engine.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One file of the log: frames with consecutive LSNs from {@link #firstLsn}. Written by the writer thread alone; what lies
 * before the durable end may be read by any thread.
 */
final class Segment {
    private static final int ZEROS_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final long firstLsn;
    /** The last LSN of each partition that has a record here. Guarded by the log's lock. */
    private final TreeMap<Integer, Long> lastLsns = new TreeMap<>();

    private long position;
    private long lastLsn;

    private Segment(Path path, FileChannel channel, long firstLsn) {
        this.path = path;
        this.channel = channel;
        this.firstLsn = firstLsn;
        this.lastLsn = firstLsn - 1;
    }

    static Path pathOf(Path folder, long firstLsn) {
        return folder.resolve("%020d.log".formatted(firstLsn));
    }

    /** Makes a file of {@code bytes} zeros, all of them written, so that a later force writes data alone. */
    static Segment create(Path folder, long firstLsn, long bytes) throws IOException {
        Path path = pathOf(folder, firstLsn);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);
        for (long at = channel.size(); at < bytes; at += ZEROS_BYTES) {
            zeros.clear().limit((int) Math.min(ZEROS_BYTES, bytes - at));
            writeFully(channel, zeros, at);
        }
        channel.force(true);
        return new Segment(path, channel, firstLsn);
    }

    /** Opens a file and finds its end: what follows the last whole frame is cut off. */
    static Segment open(Path path, long firstLsn, Consumer<Frame> visitor) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(path, channel, firstLsn);
        segment.read(firstLsn, Long.MAX_VALUE, frame -> {
            segment.count(frame);
            segment.position += frame.size();
            visitor.accept(frame);
            return true;
        });
        return segment;
    }

    /** Drops everything behind the last frame, so that no torn record can come to life again. */
    void cutTail() throws IOException {
        channel.truncate(position);
        channel.force(true);
    }

    /** Visits the frames from the file's start with LSNs of at most {@code lastLsnInclusive}. */
    void read(long fromLsn, long lastLsnInclusive, FrameVisitor visitor) throws IOException {
        ByteBuffer buffer = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        for (long lsn = firstLsn; lsn <= lastLsnInclusive; lsn++) {
            Frame frame = Frame.read(buffer, lsn);
            if (frame == null || (lsn >= fromLsn && !visitor.visit(frame))) {
                return;
            }
        }
    }

    /** Told of each frame; answers whether to go on. */
    interface FrameVisitor {
        boolean visit(Frame frame);
    }

    void write(ByteBuffer frames) throws IOException {
        long length = frames.remaining();
        writeFully(channel, frames, position);
        position += length;
    }

    void force() throws IOException {
        channel.force(false);
    }

    boolean hasRoomFor(long bytes, long segmentBytes) {
        return position + bytes <= segmentBytes;
    }

    boolean isEmpty() {
        return position == 0;
    }

    void count(Frame frame) {
        lastLsn = frame.record().lsn();
        lastLsns.put(frame.partition(), lastLsn);
    }

    long firstLsn() {
        return firstLsn;
    }

    long lastLsn() {
        return lastLsn;
    }

    /** Whether every partition has trimmed all it has here. */
    boolean isTrimmed(Map<Integer, Long> trimmedLsns) {
        return lastLsns.entrySet().stream()
                .allMatch(last -> trimmedLsns.getOrDefault(last.getKey(), 0L) >= last.getValue());
    }

    Path path() {
        return path;
    }

    void close() throws IOException {
        channel.close();
    }

    private static void writeFully(FileChannel channel, ByteBuffer source, long at) throws IOException {
        long position = at;
        while (source.hasRemaining()) {
            position += channel.write(source, position);
        }
    }
}
