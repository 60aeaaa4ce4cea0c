package dev.reprise.benchmarks.load;

import dev.reprise.benchmarks.machine.ProcessUsage;
import java.util.Map;

/**
 * What came of a window.
 *
 * @param answers right answers within the window
 * @param errors wrong answers and failed calls, warm-up included
 * @param unfinished calls without an answer when it gave up
 * @param seconds the length of the window
 * @param p50Millis to p99.9 and the maximum, from a request's first byte sent to its answer's last byte read
 * @param lastSeconds from the start to the last answer
 * @param processes what the watched processes used in the window
 * @param diskBytes what went to the machine's disks
 * @param ownCpuMillis what the generator itself used
 * @param idleShare of the machine's cores, 0 to 1
 * @param othersShare of the machine's cores, 0 to 1, that went to processes which are not watched
 * @param firstError empty if there was none
 */
public record LoadResult(
        long answers,
        long errors,
        long unfinished,
        double seconds,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        double lastSeconds,
        Map<String, ProcessUsage> processes,
        long diskBytes,
        long ownCpuMillis,
        double idleShare,
        double othersShare,
        String firstError) {

    /** Answers per second of the window. */
    public double perSecond() {
        return answers / seconds;
    }

    /** Calls that did not go well. */
    public long failures() {
        return errors + unfinished;
    }
}
