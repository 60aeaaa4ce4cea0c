package dev.reprise.simulator.disk;

import dev.reprise.engine.log.LogException;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.LogRecord;
import dev.reprise.engine.log.file.FileLog;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.simulator.world.Dice;
import dev.reprise.simulator.world.SimulationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A log that loses a part of its end while nobody has it open: the loss of anything durable must be noticed. */
final class LostTail {
    private static final int BYTES_MAX = 300;

    private LostTail() {}

    private enum Damage {
        CUT,
        ZERO,
        FLIP,
        DELETE
    }

    /** Makes a damaged copy of a log's folder; answers how it is damaged. */
    static String damage(Dice dice, Path log, Path copy) {
        try {
            delete(copy);
            Files.createDirectory(copy);
            for (Path file : files(log)) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            return damageLast(dice, copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Damages the last file that is not empty. */
    private static String damageLast(Dice dice, Path log) throws IOException {
        Damage damage = dice.pick(List.of(Damage.values()));
        int back = dice.between(1, BYTES_MAX);
        for (Path file : files(log).reversed()) {
            byte[] bytes = Files.readAllBytes(file);
            int end = endOf(bytes);
            if (end > 0 && file.toString().endsWith(".log")) {
                int from = Math.max(0, end - back);
                perform(damage, file, bytes, from);
                return damage + " of " + file.getFileName() + " from byte " + from + " of " + end;
            }
        }
        return "nothing, as it is empty";
    }

    private static void perform(Damage damage, Path file, byte[] bytes, int from) throws IOException {
        switch (damage) {
            case CUT -> Files.write(file, Arrays.copyOf(bytes, from));
            case ZERO -> {
                Arrays.fill(bytes, from, bytes.length, (byte) 0);
                Files.write(file, bytes);
            }
            case FLIP -> {
                bytes[from] ^= 1;
                Files.write(file, bytes);
            }
            case DELETE -> Files.delete(file);
        }
    }

    private static int endOf(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** Opens a damaged log: it must be refused, or contain the last record of each partition. */
    static void requireNoticed(Path log, FileLogOptions options, String what, List<List<LogRecord>> durable) {
        FileLog opened;
        try {
            opened = FileLog.open(log, options);
        } catch (LogException e) {
            if (!String.valueOf(e.getMessage()).contains("the log is damaged")) {
                throw e;
            }
            return;
        }
        try (opened) {
            for (int partition = 0; partition < durable.size(); partition++) {
                if (!durable.get(partition).isEmpty()) {
                    requireLast(opened, partition, durable.get(partition).getLast(), what);
                }
            }
        }
    }

    private static void requireLast(FileLog log, int partition, LogRecord last, String what) {
        List<LogRecord> found;
        try (LogReader reader = log.open(partition, last.lsn() - 1, () -> {})) {
            found = reader.poll(1);
        } catch (LogException e) {
            if (String.valueOf(e.getMessage()).contains("trimmed")) {
                return;
            }
            throw new SimulationFailure("the log lost LSN " + last.lsn() + " without a word after " + what, e);
        }
        if (!found.equals(List.of(last))) {
            throw new SimulationFailure(
                    "the log lost LSN " + last.lsn() + " without a word after " + what + ", it has " + found);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }
}
