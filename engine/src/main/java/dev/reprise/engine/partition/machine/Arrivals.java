package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.BinaryWriter;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a journal's notifications with one id to say whether a handler can make progress: where the
 * last two are, and how the last one ended. That is enough, however many there are. If the handler has not seen more
 * than one of them, only its code can tell which one it means.
 *
 * @param last the journal's index of the last one
 * @param failed whether the last one is a failure
 * @param before the index of the one before; -1 if there is none
 */
record Arrivals(int last, boolean failed, int before) {
    private static final int BYTES = 2 * Integer.BYTES + 1;

    /** One more than {@code known}, at the journal's index {@code index}. */
    static Arrivals with(@Nullable Arrivals known, int index, Progress progress) {
        return new Arrivals(index, progress == Progress.FAILED, known == null ? -1 : known.last);
    }

    /** The progress of those after the journal's first {@code knownEntries} entries. */
    Progress progress(int knownEntries) {
        if (last < knownEntries) {
            return Progress.PENDING;
        } else if (before >= knownEntries) {
            return Progress.COMPLETED;
        }
        return failed ? Progress.FAILED : Progress.SUCCEEDED;
    }

    Bytes encode() {
        return new BinaryWriter(BYTES).i32(last).bool(failed).i32(before).toBytes();
    }

    static Arrivals decode(Bytes value) {
        BinaryReader r = new BinaryReader(value);
        return new Arrivals(r.i32(), r.bool(), r.i32());
    }
}
