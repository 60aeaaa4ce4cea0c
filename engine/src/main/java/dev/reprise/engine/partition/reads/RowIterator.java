package dev.reprise.engine.partition.reads;

import dev.reprise.engine.partition.machine.Key;
import dev.reprise.engine.partition.machine.Rows;
import dev.reprise.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;

/**
 * The rows of a range of keys, read in chunks, so that nothing holds on to the store while rows are processed. Each
 * chunk shows the state at the time it is read: a row that is written or deleted before the present position goes
 * unnoticed. One thread.
 *
 * @param <T> what a row is decoded to
 */
final class RowIterator<T> implements Iterator<T> {
    /* The first chunk is small, because many callers want only a few rows. */
    private static final int FIRST_PIECE_ROWS = 16;
    private static final int PIECE_ROWS = 256;
    private static final long PIECE_BYTES = 1 << 20;

    private record Row(Bytes key, Bytes value) {}

    private final Rows rows;
    private final Bytes toExclusive;
    private final BiFunction<Bytes, Bytes, T> decode;
    private final ArrayDeque<Row> piece = new ArrayDeque<>();
    private Bytes fromInclusive;
    private int rowsMax = FIRST_PIECE_ROWS;
    private boolean isLast;

    /** The rows whose keys begin with {@code prefix}. */
    RowIterator(Rows rows, Bytes prefix, BiFunction<Bytes, Bytes, T> decode) {
        this(rows, prefix, Key.behind(prefix), decode);
    }

    RowIterator(Rows rows, Bytes fromInclusive, Bytes toExclusive, BiFunction<Bytes, Bytes, T> decode) {
        this.rows = rows;
        this.fromInclusive = fromInclusive;
        this.toExclusive = toExclusive;
        this.decode = decode;
    }

    @Override
    public boolean hasNext() {
        if (piece.isEmpty() && !isLast) {
            read();
        }
        return !piece.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all rows were read");
        }
        Row row = piece.removeFirst();
        return decode.apply(row.key(), row.value());
    }

    private void read() {
        long[] bytes = {0};
        isLast = true;
        rows.scan(fromInclusive, toExclusive, (key, value) -> {
            piece.add(new Row(key, value));
            bytes[0] += value.size();
            isLast = piece.size() < rowsMax && bytes[0] < PIECE_BYTES;
            return isLast;
        });
        rowsMax = PIECE_ROWS;
        if (!isLast) {
            Bytes last = piece.getLast().key();
            fromInclusive = Bytes.wrap(Arrays.copyOf(last.array(), last.size() + 1));
        }
    }
}
