package dev.reprise.engine.log.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The segments with records, in order, and which of them may be deleted. Any thread. */
final class Segments {
    /** What to do after segments were given up: store the mark first, then reuse the files. */
    record GivenUp(TrimMark mark, List<Segment> segments) {}

    /* Guarded by this. */
    private final List<Segment> live;
    private final TreeMap<Integer, Long> trimmedLsns = new TreeMap<>();
    private TrimMark mark;

    Segments(List<Segment> live, TrimMark mark) {
        this.live = new ArrayList<>(live);
        this.mark = mark;
    }

    synchronized void add(Segment segment) {
        live.add(segment);
    }

    synchronized Segment active() {
        return live.getLast();
    }

    synchronized List<Segment> all() {
        return List.copyOf(live);
    }

    /** The last record of a partition that is gone, 0 if none is. */
    synchronized long goneLsn(int partition) {
        return mark.goneLsn(partition);
    }

    /** The last LSN that is durable. */
    synchronized long durableLsn() {
        return live.getLast().lastLsn();
    }

    /** The first segment with a durable record of the partition after an LSN. */
    synchronized Optional<Segment> firstWith(int partition, long afterLsn) {
        for (Segment segment : live) {
            if (segment.lastLsnOf(partition) > afterLsn) {
                return Optional.of(segment);
            }
        }
        return Optional.empty();
    }

    /** Notes that a partition's records are no longer needed; answers whether a segment can now be given up. */
    synchronized boolean trim(int partition, long upToLsnInclusive) {
        trimmedLsns.merge(partition, upToLsnInclusive, Math::max);
        return canGiveUpFirst();
    }

    synchronized boolean canGiveUpFirst() {
        if (live.size() < 2) {
            return false;
        }
        Segment first = live.getFirst();
        for (int partition = 0; partition < first.partitionsEnd(); partition++) {
            if (first.lastLsnOf(partition) > trimmedLsns.getOrDefault(partition, 0L)) {
                return false;
            }
        }
        return true;
    }

    /** Removes the segments at the front that nobody needs. */
    synchronized GivenUp giveUp() {
        List<Segment> given = new ArrayList<>();
        while (canGiveUpFirst()) {
            Segment first = live.removeFirst();
            given.add(first);
            mark = mark.after(first, live.getFirst());
        }
        return new GivenUp(mark, given);
    }
}
