package dev.reprise.simulator.program;

import dev.reprise.engine.partition.KeptResult;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.TerminalException;
import java.time.Duration;

/** Steps of the handler itself. */
final class RunOperations {
    private RunOperations() {}

    /** Succeeds after so many failures. */
    record Succeeding(String name, int failures) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().runAsync(name, String.class, () -> scene.execute(name, failures));
        }

        @Override
        public Expected expected() {
            return Expected.value(name);
        }
    }

    /** Has a result that is large enough for the engine to keep only once. */
    record Large(String name) implements Operation {
        private static final String PADDING = " and so on".repeat(KeptResult.LARGE_BYTES / 10 + 1);

        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().runAsync(name, String.class, () -> scene.execute(name, 0) + PADDING);
        }

        @Override
        public Expected expected() {
            return Expected.value(name + PADDING);
        }
    }

    /** Fails for good. */
    record Failing(String name) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().runAsync(name, String.class, () -> {
                throw new TerminalException(400, "no " + scene.execute(name, 0));
            });
        }

        @Override
        public Expected expected() {
            return Expected.failure("no " + name);
        }
    }

    /** Fails so many times, and fails for good if that is too often; attempts that were cut do not count. */
    record Trying(String name, int failures) implements Operation {
        private static final int TRIES_MAX = 2;

        @Override
        public RestatePromise<String> start(Scene scene) {
            RetryPolicy policy = RetryPolicy.fixed(Duration.ofMillis(5)).withMaxAttempts(TRIES_MAX);
            return scene.ctx()
                    .runAsync(
                            RunOptions.named(name).withRetryPolicy(policy),
                            String.class,
                            () -> scene.execute(name, failures));
        }

        @Override
        public Expected expected() {
            return Expected.value(name).orFailure();
        }
    }

    /** Is named by chance and time, which reveals a replay that draws or reads them anew. */
    record ByChance(String name) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            String drawn = name + scene.ctx().uuid() + scene.ctx().now().toEpochMilli();
            return scene.ctx().runAsync(drawn, String.class, () -> {
                scene.execute(drawn, 0);
                return name;
            });
        }

        @Override
        public Expected expected() {
            return Expected.value(name);
        }
    }
}
