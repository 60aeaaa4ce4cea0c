package dev.reprise.benchmarks.server;

import java.io.IOException;

/** One kind of measurement. */
interface Measurement {
    /** Measures one side once, on a fresh server, and adds what it finds to the lab's rows. */
    void measure(Lab lab, Side side, int round) throws IOException, InterruptedException;
}
