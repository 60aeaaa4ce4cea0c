package dev.reprise.benchmarks.load;

/**
 * What did not go well.
 *
 * @param count wrong answers and failed calls
 * @param unfinished calls without an answer
 * @param first what happened first, in printable characters; empty if nothing did
 */
record Failures(long count, long unfinished, String first) {
    static final Failures NONE = new Failures(0, 0, "");

    Failures and(String what) {
        return new Failures(count + 1, unfinished, first.isEmpty() ? what.replaceAll("[^ -~]", " ") : first);
    }

    Failures withUnfinished(long calls) {
        return new Failures(count, calls, first);
    }
}
