package dev.reprise.engine.log.file;

import static dev.reprise.engine.log.Following.append;
import static dev.reprise.engine.log.Following.numbered;
import static dev.reprise.engine.log.Following.texts;
import static dev.reprise.engine.log.file.FileLogTest.SMALL;
import static dev.reprise.engine.log.file.FileLogTest.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Following;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that somebody was told of is lost in silence, whatever happens to the log's files. */
class LostRecordsTest {
    private static final int TRIALS = Integer.getInteger("reprise.trials", 500);
    private static final int TRIALS_PER_LOG = 25;
    private static final Evidence ACCEPTING = new Evidence(0, true);

    @TempDir
    private Path root;

    private enum Damage {
        TRUNCATE,
        ZERO,
        FLIP,
        DELETE
    }

    private enum Region {
        TAIL,
        MIDDLE,
        WHOLE
    }

    /** A log on the disk, and what somebody was told of. */
    private record Made(Path folder, List<LogRecord> told) {}

    /** Appends batches; after the last one, whoever is to be told of it may not have been. */
    private Made make(Path folder, Random random) throws IOException {
        List<LogRecord> told = new ArrayList<>();
        byte[] end;
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            int batches = 1 + random.nextInt(60);
            for (int i = 0; i < batches; i++) {
                told.addAll(following.next(batch(log, random)));
            }
        }
        end = Files.readAllBytes(folder.resolve(EndMark.FILE));
        if (random.nextBoolean()) {
            try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                    Following following = new Following(log, 0, told.getLast().lsn())) {
                following.next(batch(log, random));
            }
            Files.write(folder.resolve(EndMark.FILE), end);
        }
        return new Made(folder, told);
    }

    private static int batch(Log log, Random random) {
        int records = 1 + random.nextInt(4);
        for (int i = 1; i <= records; i++) {
            byte[] payload = new byte[random.nextInt(300)];
            random.nextBytes(payload);
            log.append(0, i, Bytes.wrap(payload), i == records ? Urgency.NOW : Urgency.SOON);
        }
        return records;
    }

    /** Trials and refusals of each kind of damage; what was not refused held everything. */
    private static final class Tally {
        private final Map<String, int[]> kinds = new TreeMap<>();

        void add(String what, int refused) {
            String kind = what.substring(0, what.indexOf(" from "));
            int[] counts = kinds.computeIfAbsent(kind.replaceAll("[0-9]+", "*"), key -> new int[2]);
            counts[0]++;
            counts[1] += refused;
        }

        Map<String, String> counts() {
            Map<String, String> counts = new TreeMap<>();
            kinds.forEach((kind, count) ->
                    counts.put(kind, count[0] + " trials, " + count[1] + " refused, the others held everything told"));
            return counts;
        }
    }

    @Test
    void files_damagedAtRandom_areRefusedOrHoldEverythingThatWasTold(TestReporter reporter) throws IOException {
        int refused = 0;
        Tally tally = new Tally();
        Made made = make(root.resolve("first"), new Random(-1));
        for (int trial = 0; trial < TRIALS; trial++) {
            Random random = new Random(trial);
            if (trial % TRIALS_PER_LOG == 0) {
                made = make(root.resolve("log" + trial), random);
            }
            Path folder = copy(made.folder(), root.resolve("trial" + trial));
            String what = damage(folder, random);
            int answer = check(folder, made.told(), "trial " + trial + ": " + what);
            refused += answer;
            tally.add(what, answer);
            delete(folder);
        }
        reporter.publishEntry(tally.counts());
        // Not all damage hits what was written.
        assertThat(refused).isGreaterThan(TRIALS / 4);
    }

    /** Answers 1 if the log was refused. */
    private static int check(Path folder, List<LogRecord> told, String what) {
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            assertThat(following.next(told.size())).as(what).isEqualTo(told);
            return 0;
        } catch (LogException e) {
            assertThat(e).as(what).hasMessageContaining("--accept-loss");
        }
        long next;
        int left;
        try (Log log = FileLog.open(folder, SMALL, ACCEPTING, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            append(log, 0, "next");
            List<LogRecord> found = new ArrayList<>();
            while (found.isEmpty() || !isNext(found.getLast())) {
                found.addAll(following.poll());
            }
            next = found.getLast().lsn();
            left = found.size();
            long lastTold = told.getLast().lsn();
            assertThat(told)
                    .as(what)
                    .containsAll(found.stream()
                            .filter(record -> record.lsn() <= lastTold && !isNext(record))
                            .toList());
            assertThat(next).as(what).isGreaterThan(lastTold);
        }
        try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            assertThat(following.next(left).getLast().lsn()).as(what).isEqualTo(next);
        }
        return 1;
    }

    private static boolean isNext(LogRecord record) {
        return record.payload().equals(Bytes.utf8("next"));
    }

    private static String damage(Path folder, Random random) throws IOException {
        List<Path> files = new ArrayList<>(segments(folder));
        files.add(folder.resolve(EndMark.FILE));
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        Damage damage = bytes.length == 0 ? Damage.DELETE : Damage.values()[random.nextInt(Damage.values().length)];
        Region region = Region.values()[random.nextInt(Region.values().length)];
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        int from = switch (region) {
            case TAIL -> Math.max(0, used - 1 - random.nextInt(200));
            case MIDDLE -> random.nextInt(Math.max(1, used));
            case WHOLE -> 0;
        };
        int to = region == Region.MIDDLE ? Math.min(bytes.length, from + 1 + random.nextInt(600)) : bytes.length;
        switch (damage) {
            case TRUNCATE -> Files.write(file, Arrays.copyOf(bytes, from));
            case ZERO -> {
                Arrays.fill(bytes, from, to, (byte) 0);
                Files.write(file, bytes);
            }
            case FLIP -> {
                bytes[from] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
            case DELETE -> Files.delete(file);
        }
        return damage + " " + region + " of " + file.getFileName() + " from " + from + " to " + to + " of " + used;
    }

    /** A loss of power: the mark is of any time before, and of the last batch any sectors are missing. */
    @Test
    void power_lost_logOpensByItselfWithEverythingTold() throws IOException {
        for (int trial = 0; trial < TRIALS / 10; trial++) {
            Random random = new Random(trial);
            Path folder = root.resolve("power" + trial);
            Made made = make(folder, random);
            try (Log log = FileLog.open(folder, SMALL, new FaultyDisk())) {
                assertThat(log.health().failure()).isEmpty();
            }
            byte[] end = Files.readAllBytes(folder.resolve(EndMark.FILE));
            List<Path> before = segments(folder);
            List<byte[]> contents = new ArrayList<>();
            for (Path file : before) {
                contents.add(Files.readAllBytes(file));
            }
            long lsn;
            try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                    Following following =
                            new Following(log, 0, made.told().getLast().lsn())) {
                lsn = following.next(batch(log, random)).getLast().lsn();
            }
            Files.write(folder.resolve(EndMark.FILE), end);
            for (int i = 0; i < before.size(); i++) {
                byte[] after = Files.readAllBytes(before.get(i));
                for (int at = 0; at < contents.get(i).length; at += 64) {
                    if (random.nextBoolean()) {
                        System.arraycopy(contents.get(i), at, after, at, 64);
                    }
                }
                Files.write(before.get(i), after);
            }
            try (Log log = FileLog.open(folder, SMALL, new FaultyDisk());
                    Following following = new Following(log, 0, 0)) {
                assertThat(following.next(made.told().size()))
                        .as("seed " + trial)
                        .isEqualTo(made.told());
            }
            assertThat(lsn).isPositive();
            delete(folder);
        }
    }

    @Test
    void segments_allDeleted_areMissed() throws IOException {
        fill(0, 300);
        for (Path file : segments(root)) {
            Files.delete(file);
        }
        assertRefused("LSN 1 to 300 were durable", "with every segment");
    }

    @Test
    void segments_allDeletedAndTheLossAccepted_goesOnWithLaterLsns() throws IOException {
        fill(0, 300);
        for (Path file : segments(root)) {
            Files.delete(file);
        }
        for (int round = 0; round < 2; round++) {
            try (Log log = FileLog.open(root, SMALL, new Evidence(500, true), new FaultyDisk());
                    Following following = new Following(log, 0, 0)) {
                append(log, 0, "next");
                assertThat(following.next(1 + round).getLast().lsn()).isEqualTo(501 + round);
            }
        }
        try (Log log = FileLog.open(root, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            assertThat(texts(following.next(2))).containsExactly("next", "next");
        }
    }

    @Test
    void store_hasAppliedMoreThanTheLogHolds_isDamage() {
        fill(0, 30);
        Evidence evidence = new Evidence(31, false);
        assertThatThrownBy(() -> FileLog.open(root, SMALL, evidence, new FaultyDisk()))
                .isInstanceOf(LogException.class)
                .hasMessageContainingAll("LSN 31 to 31", "the store has applied LSN 31");
    }

    @Test
    void endMark_missingEmptyOrOfAnotherLog_isDamage() throws IOException {
        fill(0, 30);
        Path mark = root.resolve(EndMark.FILE);
        byte[] mine = Files.readAllBytes(mark);
        Files.delete(mark);
        assertRefused("there is no such file", mark.toString());
        Files.createFile(mark);
        assertRefused("says nothing that belongs to this log");
        FileLog.open(root.resolve("other"), SMALL.withIdentity("other"), new FaultyDisk())
                .close();
        Files.write(mark, Files.readAllBytes(root.resolve("other").resolve(EndMark.FILE)));
        assertRefused("says nothing that belongs to this log");
        Files.write(mark, mine);
        try (Log log = FileLog.open(root, SMALL, new FaultyDisk())) {
            assertThat(texts(log, 0, 0, 30)).isEqualTo(numbered(0, 30));
        }
    }

    @Test
    void segment_ofAnotherLog_isNeverRead() throws IOException {
        Path mine = root.resolve("mine");
        Path other = root.resolve("other");
        for (Path folder : List.of(mine, other)) {
            try (Log log = FileLog.open(folder, SMALL.withIdentity(folder.getFileName() + ""), new FaultyDisk());
                    Following following = new Following(log, 0, 0)) {
                numbered(0, 300).forEach(text -> append(log, 0, text));
                following.next(300);
            }
        }
        for (int segment = 0; segment < segments(mine).size() - 1; segment++) {
            Path file = segments(mine).get(segment);
            byte[] before = Files.readAllBytes(file);
            Files.write(file, Files.readAllBytes(segments(other).get(segment)));
            assertThatThrownBy(() -> FileLog.open(mine, SMALL.withIdentity("mine"), new FaultyDisk()))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("the log is damaged");
            Files.write(file, before);
        }
        assertThatThrownBy(() -> FileLog.open(mine, SMALL.withIdentity("other"), new FaultyDisk()))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("is not this folder's");
    }

    private void fill(int from, int to) {
        try (Log log = FileLog.open(root, SMALL, new FaultyDisk());
                Following following = new Following(log, 0, 0)) {
            numbered(from, to).forEach(text -> append(log, 0, text));
            following.next(to - from);
        }
    }

    private void assertRefused(String... messages) {
        assertThatThrownBy(() -> FileLog.open(root, SMALL, new FaultyDisk()))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("the log is damaged")
                .hasMessageContainingAll(messages);
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
