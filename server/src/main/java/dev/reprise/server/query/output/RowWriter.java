package dev.reprise.server.query.output;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a result to a client in one of its forms. One thread. */
public interface RowWriter {
    /** Writes a row, with one value for each column. */
    void write(@Nullable Object[] row) throws IOException;

    /** Writes what follows the last row. */
    void finish() throws IOException;
}
