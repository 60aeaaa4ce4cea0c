package dev.reprise.benchmarks.load;

import java.util.Map;

/**
 * One window of load.
 *
 * @param port where the ingress listens, on the loopback interface
 * @param work what to send
 * @param connections how many requests are under way at once
 * @param callsMax after so many answers it ends; failed calls are then repeated until they succeed.
 *     {@link Long#MAX_VALUE} for a window of time, in which a failed call is counted and another one takes its place
 * @param warmupSeconds load before the window
 * @param secondsMax the length of the window, at most
 * @param processes pids by name: what they use in the window is part of the result
 */
public record LoadPlan(
        int port,
        Work work,
        int connections,
        long callsMax,
        double warmupSeconds,
        double secondsMax,
        Map<String, Long> processes) {

    public LoadPlan {
        if (connections < 1) {
            throw new IllegalArgumentException("Expected at least 1 connection, found " + connections + ".");
        }
        processes = Map.copyOf(processes);
    }

    /** A window of time. */
    public static LoadPlan timed(int port, Work work, int connections, double warmupSeconds, double seconds) {
        return new LoadPlan(port, work, connections, Long.MAX_VALUE, warmupSeconds, seconds, Map.of());
    }

    /** A number of calls, all of which are to succeed within {@code deadlineSeconds}. */
    public static LoadPlan counted(int port, Work work, int connections, long calls, double deadlineSeconds) {
        return new LoadPlan(port, work, connections, calls, 0, deadlineSeconds, Map.of());
    }

    /** The same with the processes to watch. */
    public LoadPlan watching(Map<String, Long> pids) {
        return new LoadPlan(port, work, connections, callsMax, warmupSeconds, secondsMax, pids);
    }

    boolean isCounted() {
        return callsMax < Long.MAX_VALUE;
    }
}
