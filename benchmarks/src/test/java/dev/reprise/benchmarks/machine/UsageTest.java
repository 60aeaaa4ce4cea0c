package dev.reprise.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void cpuMillis_nameWithParenthesesAndSpaces_readBehindIt() {
        String stat = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 700 30 0 0";
        assertThat(ProcessUsage.cpuMillis(stat)).isEqualTo(7_300);
    }

    @Test
    void machine_lines_readByKind() {
        MachineUsage usage = MachineUsage.of(
                "cpu  1 2 4 100 200 8 16 1000 0 0",
                List.of(
                        "254 0 vda 1 2 3 4 5 6 20 8 0 0 0",
                        "254 1 vda1 1 2 3 4 5 6 20 8 0 0 0",
                        "259 0 nvme0n1 1 2 3 4 5 6 1 8 0 0 0"));
        assertThat(usage).isEqualTo(new MachineUsage(310, 3_000, 10_000, 21 * 512));
    }

    @Test
    void othersShare_ofBusyTimeAndStolenTime_withoutOurs() {
        MachineUsage usage = new MachineUsage(400, 500, 100, 0);
        assertThat(usage.othersShare(300)).isCloseTo(0.2, Offset.offset(1e-9));
        assertThat(usage.idleShare()).isCloseTo(0.5, Offset.offset(1e-9));
    }

    @Test
    void usage_ofThisProcess_isThere() {
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
        assertThat(usage.residentKib()).isPositive().isLessThanOrEqualTo(usage.peakKib());
        assertThat(usage.cpuMillis()).isPositive();
    }

    @Test
    void usage_ofAnEndedProcess_isNothing() {
        assertThat(ProcessUsage.of(Long.MAX_VALUE)).isEqualTo(new ProcessUsage(0, 0, 0, 0));
    }
}
