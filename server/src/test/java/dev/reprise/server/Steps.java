package dev.reprise.server;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Handlers, in a process of their own, that note in a file each time the code of a step really ran. */
@Service
final class Steps {
    /** With this name, a step that fails is tried again so late that its process can be killed before. */
    static final String PATIENT = "patient";

    private static final Duration PATIENT_DELAY = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int TIMERS = 40;

    private final Path folder;

    Steps(Path folder) {
        this.folder = folder;
    }

    /** Steps one after the other, with a sleep and a call between them. */
    @Handler
    public String go(Context ctx, String name) {
        String first = ctx.run("first", String.class, () -> executed(name, "first"));
        ctx.sleep(Duration.ofMillis(20));
        ctx.object(Tally.class, "tally").call(Tally::add, 1L).await();
        String last = ctx.run("last", String.class, () -> executed(name, "last"));
        return name + ": " + first + ", " + last;
    }

    /** A step, a wait for someone outside, and another step. */
    @Handler
    public String approve(Context ctx, String name) {
        Awakeable<String> approval = ctx.awakeable(String.class);
        ctx.run("ask", () -> note(name, "ask " + approval.id()));
        String answer = approval.await();
        String last = ctx.run("last", String.class, () -> executed(name, "last"));
        return name + ": " + answer + ", " + last;
    }

    /** A step, and one that does not end before the file {@code gate} is there. */
    @Handler
    public String gated(Context ctx, String name) {
        String first = ctx.run("first", String.class, () -> executed(name, "first"));
        String gated = ctx.run("gated", String.class, () -> {
            String done = executed(name, "gated");
            awaitFile("gate");
            return done;
        });
        return name + ": " + first + ", " + gated;
    }

    /** A step, and one that fails twice. */
    @Handler
    public String flaky(Context ctx, String name) {
        String first = ctx.run("first", String.class, () -> executed(name, "first"));
        String flaky = ctx.run("flaky", String.class, () -> {
            String done = executed(name, "flaky");
            if (times(name + " flaky") < 3) {
                throw new IOException("not yet");
            }
            return done;
        });
        return name + ": " + first + ", " + flaky;
    }

    /** A step that always fails and has three attempts, beside timers that fire meanwhile. */
    @Handler
    public String bounded(Context ctx, String name) {
        Duration delay = name.equals(PATIENT) ? PATIENT_DELAY : Duration.ofMillis(100);
        RetryPolicy policy = RetryPolicy.fixed(delay).withMaxAttempts(3);
        RestatePromise<?> bounded = ctx.runAsync(RunOptions.named("bounded").withRetryPolicy(policy), () -> {
            note(name, "bounded");
            throw new IOException("no luck");
        });
        List<RestatePromise<?>> timers = new ArrayList<>();
        for (int i = 1; i <= TIMERS; i++) {
            timers.add(ctx.timer(Duration.ofMillis(10L * i)));
        }
        try {
            bounded.await();
            return name + ": bounded";
        } catch (TerminalException givenUp) {
            RestatePromise.all(timers).await();
            return name + ": given up";
        }
    }

    /** A wait with a time limit that is not reached. */
    @Handler
    public String limited(Context ctx, String name) {
        return ctx.timer(Duration.ofMillis(50))
                .map(ignored -> name + ": in time")
                .orTimeout(Duration.ofHours(1))
                .await();
    }

    private String executed(String name, String step) throws IOException {
        note(name, step);
        return step;
    }

    private void note(String name, String what) throws IOException {
        Files.writeString(
                folder.resolve("executions"),
                name + " " + what + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private long times(String line) throws IOException {
        return executions(folder).stream().filter(line::equals).count();
    }

    private void awaitFile(String name) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(folder.resolve(name))) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no file " + name);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** The lines {@code name step}, in the order in which the code ran. */
    static List<String> executions(Path folder) throws IOException {
        Path file = folder.resolve("executions");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Counts. */
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

    /** Takes a port, 0 for any, and the folder of the notes. */
    @SuppressWarnings("SystemOut") // how the parent process learns the port
    public static void main(String[] args) throws IOException, InterruptedException {
        try (var server =
                Endpoint.bind(new Steps(Path.of(args[1]))).bind(new Tally()).listen(Integer.parseInt(args[0]))) {
            System.out.println("serving the handlers on port " + server.port());
            server.join();
        }
    }
}
