package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Where the log begins: what the file {@code TRIMMED} says. It is written before a trimmed segment is given up, so the
 * LSNs go on after everything was trimmed, and a reader of records that are gone is told so.
 *
 * @param firstSegment the number of the first segment with records
 * @param firstLsn the LSN of its first record
 * @param goneLsns for each partition the LSN of its last record in a segment that was given up
 */
record TrimMark(long firstSegment, long firstLsn, SortedMap<Integer, Long> goneLsns) {
    static final TrimMark START = new TrimMark(1, 1, new TreeMap<>());

    private static final String CHECKSUM = "checksum ";

    String encode() {
        StringBuilder text = new StringBuilder();
        text.append("segment ").append(firstSegment).append('\n');
        text.append("lsn ").append(firstLsn).append('\n');
        goneLsns.forEach((partition, lsn) ->
                text.append("gone ").append(partition).append(' ').append(lsn).append('\n'));
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
        for (String line : text.substring(0, end).lines().toList()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "segment" -> segment = Long.parseLong(words[1]);
                case "lsn" -> lsn = Long.parseLong(words[1]);
                default -> gone.put(Integer.valueOf(words[1]), Long.valueOf(words[2]));
            }
        }
        if (segment < 1 || lsn < 1) {
            throw damaged(text, source);
        }
        return new TrimMark(segment, lsn, gone);
    }

    private static LogException damaged(String text, Path source) {
        return new LogException("the log is damaged: " + source + " should say where the log begins and end with the "
                + "checksum of its text, found '" + text.strip() + "'. Restore the folder from a copy.");
    }

    /** This mark when {@code given} is given up and {@code next} comes first. */
    TrimMark after(Segment given, Segment next) {
        TreeMap<Integer, Long> gone = new TreeMap<>(goneLsns);
        for (int partition = 0; partition < given.partitionsEnd(); partition++) {
            long lsn = given.lastLsnOf(partition);
            if (lsn > 0) {
                gone.put(partition, lsn);
            }
        }
        return new TrimMark(next.number(), next.firstLsn(), gone);
    }

    /** The last record of a partition that is gone, 0 if none is. */
    long goneLsn(int partition) {
        return ((Map<Integer, Long>) goneLsns).getOrDefault(partition, 0L);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(crc.getValue());
    }
}
