package dev.reprise.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins bytes. Small pieces are written into an array that grows; a large one is only noted, and copied once when
 * everything is joined. Used by one thread.
 */
public final class BytesBuilder {
    private static final int LARGE_BYTES = 4096;

    /** A large piece and where it comes between the small ones. */
    private record Piece(int at, byte[] bytes) {}

    private byte[] small;
    private int smallSize;
    private List<Piece> large = List.of();
    private int largeSize;

    /**
     * An empty builder.
     *
     * @param expectedBytes how many bytes will come; if that is exact and less than 4 KiB, no second array is needed
     */
    public BytesBuilder(int expectedBytes) {
        small = new byte[Math.min(expectedBytes, LARGE_BYTES)];
    }

    /** Makes room for a small piece, to be written into {@link #array()}; answers where it begins there. */
    public int reserve(int length) {
        int at = smallSize;
        if (small.length - at < length) {
            small = Arrays.copyOf(small, Math.max(small.length * 2, Math.addExact(at, length)));
        }
        smallSize = at + length;
        return at;
    }

    /** Where the small pieces are; another array after each {@link #reserve}. */
    public byte[] array() {
        return small;
    }

    /** Appends bytes that nobody writes to any more. */
    public void append(byte[] bytes) {
        if (bytes.length < LARGE_BYTES) {
            appendSmall(bytes, 0, bytes.length);
        } else {
            appendLarge(bytes);
        }
    }

    /** Appends what another builder holds now. */
    public void append(BytesBuilder other) {
        int from = 0;
        for (Piece piece : other.large) {
            appendSmall(other.small, from, piece.at());
            appendLarge(piece.bytes());
            from = piece.at();
        }
        appendSmall(other.small, from, other.smallSize);
    }

    private void appendSmall(byte[] source, int from, int to) {
        int at = reserve(to - from);
        System.arraycopy(source, from, small, at, to - from);
    }

    private void appendLarge(byte[] bytes) {
        if (large.isEmpty()) {
            large = new ArrayList<>(2);
        }
        large.add(new Piece(smallSize, bytes));
        largeSize = Math.addExact(largeSize, bytes.length);
    }

    /** How many bytes there are. */
    public int size() {
        return Math.addExact(smallSize, largeSize);
    }

    /** All bytes, joined. Nothing may be written after this. */
    public Bytes toBytes() {
        if (!large.isEmpty()) {
            return Bytes.wrap(join());
        }
        return Bytes.wrap(smallSize == small.length ? small : Arrays.copyOf(small, smallSize));
    }

    private byte[] join() {
        byte[] joined = new byte[size()];
        int from = 0;
        int at = 0;
        for (Piece piece : large) {
            System.arraycopy(small, from, joined, at, piece.at() - from);
            at += piece.at() - from;
            System.arraycopy(piece.bytes(), 0, joined, at, piece.bytes().length);
            at += piece.bytes().length;
            from = piece.at();
        }
        System.arraycopy(small, from, joined, at, smallSize - from);
        return joined;
    }
}
