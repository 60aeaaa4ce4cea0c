package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Where the log begins, and which LSNs it skips: the content of the file {@code TRIMMED}. It is written before a
 * trimmed segment is given up, so that LSNs continue even after everything was trimmed, and a reader of trimmed records
 * is told so.
 *
 * @param firstSegment the number of the first segment with records
 * @param firstLsn the LSN of its first record
 * @param goneLsns for each partition the LSN of its last record in a segment that was given up
 * @param skips the LSNs that segments begin with, by their numbers, where that is not the one after the segment before:
 *     what should be between was lost
 */
record TrimMark(long firstSegment, long firstLsn, SortedMap<Integer, Long> goneLsns, SortedMap<Long, Long> skips) {
    static final TrimMark START = new TrimMark(1, 1, new TreeMap<>(), new TreeMap<>());

    private static final String CHECKSUM = "checksum ";

    String encode() {
        StringBuilder text = new StringBuilder();
        text.append("segment ").append(firstSegment).append('\n');
        text.append("lsn ").append(firstLsn).append('\n');
        goneLsns.forEach((partition, lsn) ->
                text.append("gone ").append(partition).append(' ').append(lsn).append('\n'));
        skips.forEach((segment, lsn) ->
                text.append("skip ").append(segment).append(' ').append(lsn).append('\n'));
        return text + CHECKSUM + checksum(text.toString()) + '\n';
    }

    static TrimMark decode(String text, Path source) {
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + '\n')) {
            throw damaged(text, source);
        }
        long segment = 0;
        long lsn = 0;
        TreeMap<Integer, Long> gone = new TreeMap<>();
        TreeMap<Long, Long> skips = new TreeMap<>();
        for (String line : text.substring(0, end).lines().toList()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "segment" -> segment = Long.parseLong(words[1]);
                case "lsn" -> lsn = Long.parseLong(words[1]);
                case "skip" -> skips.put(Long.valueOf(words[1]), Long.valueOf(words[2]));
                default -> gone.put(Integer.valueOf(words[1]), Long.valueOf(words[2]));
            }
        }
        if (segment < 1 || lsn < 1) {
            throw damaged(text, source);
        }
        return new TrimMark(segment, lsn, gone, skips);
    }

    private static LogException damaged(String text, Path source) {
        return new LogException(
                source + " should say where the log begins and end with the checksum of its text, found '"
                        + text.strip() + "'");
    }

    /** This mark after {@code given} was given up and {@code next} comes first. */
    TrimMark after(Segment given, Segment next) {
        TreeMap<Integer, Long> gone = new TreeMap<>(goneLsns);
        for (int partition = 0; partition < given.partitionsEnd(); partition++) {
            long lsn = given.lastLsnOf(partition);
            if (lsn > 0) {
                gone.put(partition, lsn);
            }
        }
        return new TrimMark(next.number(), next.firstLsn(), gone, new TreeMap<>(skips.tailMap(next.number() + 1)));
    }

    /** This mark after a segment that follows the last one begins with a later LSN. */
    TrimMark skippingTo(long lsn, long segment) {
        TreeMap<Long, Long> more = new TreeMap<>(skips);
        more.put(segment, lsn);
        return new TrimMark(firstSegment, firstLsn, goneLsns, more);
    }

    /** The LSN that a segment begins with when the one before ends just before {@code nextLsn}. */
    long firstLsnOf(long segment, long nextLsn) {
        return skips.getOrDefault(segment, nextLsn);
    }

    /** The last trimmed record of a partition, 0 if none is. */
    long goneLsn(int partition) {
        return ((Map<Integer, Long>) goneLsns).getOrDefault(partition, 0L);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(crc.getValue());
    }
}
