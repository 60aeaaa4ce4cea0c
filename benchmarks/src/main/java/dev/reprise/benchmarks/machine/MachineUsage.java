package dev.reprise.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What all cores together have done since the machine started, and what went to its disks.
 *
 * @param busyMillis work, interrupts included
 * @param idleMillis nothing, waiting for a disk included
 * @param stolenMillis what a hypervisor gave to others
 * @param diskBytes written to whole disks, by anybody
 */
public record MachineUsage(long busyMillis, long idleMillis, long stolenMillis, long diskBytes) {
    private static final int MILLIS_PER_TICK = 10;
    private static final int SECTOR_BYTES = 512;
    private static final int SECTORS_WRITTEN = 9;
    private static final Pattern DISK = Pattern.compile("[vsx]v?d[a-z]|nvme\\d+n\\d+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** A reading now. */
    public static MachineUsage now() {
        try {
            return of(
                    Files.readAllLines(Path.of("/proc/stat")).getFirst(),
                    Files.readAllLines(Path.of("/proc/diskstats")));
        } catch (IOException e) {
            throw new UncheckedIOException("benchmarks of processes need Linux with /proc", e);
        }
    }

    static MachineUsage of(String cpuLine, List<String> disks) {
        long[] ticks = SPACES.splitAsStream(cpuLine)
                .skip(1)
                .mapToLong(Long::parseLong)
                .map(tick -> tick * MILLIS_PER_TICK)
                .toArray();
        // user, nice, system, idle, waiting for a disk, interrupts, soft interrupts, stolen
        return new MachineUsage(
                ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6],
                ticks[3] + ticks[4],
                ticks[7],
                disks.stream().mapToLong(MachineUsage::writtenTo).sum());
    }

    private static long writtenTo(String line) {
        String[] fields = SPACES.split(line.strip(), -1);
        return DISK.matcher(fields[2]).matches() ? Long.parseLong(fields[SECTORS_WRITTEN]) * SECTOR_BYTES : 0;
    }

    /** What happened since an earlier reading. */
    public MachineUsage since(MachineUsage earlier) {
        return new MachineUsage(
                busyMillis - earlier.busyMillis,
                idleMillis - earlier.idleMillis,
                stolenMillis - earlier.stolenMillis,
                diskBytes - earlier.diskBytes);
    }

    /** The share of the time of all cores, 0 to 1, that went neither to idling nor to {@code ownCpuMillis}. */
    public double othersShare(long ownCpuMillis) {
        return share(Math.max(0, busyMillis - ownCpuMillis) + stolenMillis);
    }

    /** The share of the time of all cores, 0 to 1, in which there was nothing to do. */
    public double idleShare() {
        return share(idleMillis);
    }

    private double share(long millis) {
        return millis / (double) Math.max(1, busyMillis + idleMillis + stolenMillis);
    }
}
