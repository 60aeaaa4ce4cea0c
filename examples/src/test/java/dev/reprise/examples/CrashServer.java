package dev.reprise.examples;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process to be killed: runs concurrent steps that note, in a file, each time their code really ran. */
@SuppressWarnings("SystemOut") // how the parent process learns the port
final class CrashServer {
    private static final int BRANCHES = 200;

    private CrashServer() {}

    /** Concurrent steps of every kind. */
    @Service
    static final class Steps {
        private final Path executions;

        Steps(Path executions) {
            this.executions = executions;
        }

        @Handler
        public int go(Context ctx, int steps) {
            List<RestatePromise<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                int number = i;
                runs.add(ctx.runAsync("step " + i, Integer.class, () -> execute(ctx, number)));
            }
            RestatePromise<Integer> sum = RestatePromise.all(runs)
                    .map(values -> values.stream().mapToInt(Integer::intValue).sum());
            RestatePromise<Long> counted = ctx.object(Tally.class, "tally").call(Tally::add, 1L);
            return RestatePromise.all(sum, counted, ctx.timer(Duration.ofMillis(20)))
                    .map((total, _, _) -> total)
                    .await();
        }

        /** As {@link #go}, in many branches of two steps each. */
        @Handler
        public int fork(Context ctx, int steps) {
            RestatePromise<Long> counted = ctx.object(Tally.class, "tally").call(Tally::add, 1L);
            try (var scope = ctx.scope(Scope.Joiner.<Integer>allSuccessfulOrThrow())) {
                for (int i = 0; i < BRANCHES; i++) {
                    int first = 2 * i;
                    scope.fork("branch " + i, c -> {
                        c.run("step " + first, Integer.class, () -> execute(c, first));
                        return c.run("step " + (first + 1), Integer.class, () -> execute(c, first + 1));
                    });
                }
                scope.join();
            }
            counted.await();
            return steps * (steps - 1) / 2;
        }

        private int execute(Context ctx, int number) throws IOException {
            String line = ctx.request().invocationId() + " step " + number + "\n";
            Files.writeString(executions, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return number;
        }
    }

    /** Counts the invocations that came by. */
    @VirtualObject
    static final class Tally {
        private static final StateKey<Long> COUNT = StateKey.of("count", Long.class);

        @Handler
        public long add(ObjectContext ctx, long amount) {
            long next = ctx.get(COUNT).orElse(0L) + amount;
            ctx.set(COUNT, next);
            return next;
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        Reprise reprise = Reprise.embedded()
                .folder(folder)
                .bind(new Steps(folder.resolve("executions")))
                .bind(new Tally())
                .start();
        IngressServer ingress = IngressServer.start(reprise.engine(), 0, IngressServer.DEFAULT_BODY_BYTES_MAX);
        System.out.println(ingress.port());
        new CountDownLatch(1).await();
    }
}
