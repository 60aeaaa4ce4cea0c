package dev.reprise.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * The program: takes a {@link LoadPlan} as JSON, its only argument, and prints a {@link LoadResult} as one line of
 * JSON.
 */
public final class LoadGenerator {
    private LoadGenerator() {}

    /** Runs the plan. */
    @SuppressWarnings("SystemOut") // the result
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("Expected a plan as the only argument, found " + args.length + ".");
        }
        ObjectMapper json = new ObjectMapper();
        LoadPlan plan = json.readValue(args[0], LoadPlan.class);
        System.out.println(json.writeValueAsString(run(plan)));
    }

    static LoadResult run(LoadPlan plan) throws IOException {
        try (LoadLoop loop = new LoadLoop(plan)) {
            return loop.run();
        }
    }
}
