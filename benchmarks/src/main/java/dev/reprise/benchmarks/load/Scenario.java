package dev.reprise.benchmarks.load;

import java.util.Arrays;

/** Makes requests and knows the right answers. Used by one thread. */
interface Scenario {
    /**
     * The next request.
     *
     * @param worker the connection, 0 and up
     * @param sequence in a window of time, the worker's calls are numbered; in a counted one, the calls of all
     */
    Call next(int worker, long sequence);

    /** Whether an answer with the right status is right in all. */
    default boolean isRight(Call call, byte[] answer) {
        return Arrays.equals(call.expected(), answer);
    }

    /** A call of this worker has failed, so it is unknown what it did. */
    default void failed(int worker) {}

    /** All answers are there. */
    default void ended() {}
}
