package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.machine.MachineUsage;
import java.util.function.LongSupplier;

/** Tells how much of the machine went to others since it was made. */
final class CpuWatch {
    private static final double PERCENT = 100;

    private final LongSupplier ownCpuMillis;
    private final long ownAtStart;
    private final MachineUsage machineAtStart = MachineUsage.now();

    /** Begins now; the supplier gives the time that our own processes have spent so far. */
    CpuWatch(LongSupplier ownCpuMillis) {
        this.ownCpuMillis = ownCpuMillis;
        ownAtStart = ownCpuMillis.getAsLong();
    }

    double othersPercent() {
        return PERCENT * MachineUsage.now().since(machineAtStart).othersShare(ownCpuMillis.getAsLong() - ownAtStart);
    }
}
