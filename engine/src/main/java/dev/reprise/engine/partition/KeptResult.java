package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Result;

/** How the result of a completed invocation is kept. */
public sealed interface KeptResult {
    /** Values from this size on are written once, where that is possible. */
    int LARGE_BYTES = 4096;

    /** In the row of the invocation. */
    record Inline(Result result) implements KeptResult {}

    /** As the output of the journal: a large value, while the journal is kept. */
    record InJournal() implements KeptResult {
        static final InJournal INSTANCE = new InJournal();
    }

    /** How to keep the result of an invocation whose journal is kept like this. A value is its journal's output. */
    public static KeptResult of(Result result, Retention retention) {
        boolean isLarge = result instanceof Result.Value(Bytes content) && content.size() >= LARGE_BYTES;
        return isLarge && retention.journalMillis() == retention.invocationMillis()
                ? InJournal.INSTANCE
                : new Inline(result);
    }

    default void write(BinaryWriter w) {
        switch (this) {
            case Inline(Result result) -> Encodings.result(w.bool(false), result);
            case InJournal _ -> w.bool(true);
        }
    }

    static KeptResult decode(BinaryReader r) {
        return r.bool() ? InJournal.INSTANCE : new Inline(Encodings.result(r));
    }
}
