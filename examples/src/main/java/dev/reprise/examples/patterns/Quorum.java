package dev.reprise.examples.patterns;

import dev.reprise.sdk.Choice;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Writes to several replicas, goes on as soon as most of them have it, and gives up the others. */
@Service
public class Quorum {
    /** Which of five replicas had the value first. */
    @Handler
    public String write(Context ctx, String value) {
        Logger log = ctx.logger();
        List<RestatePromise<String>> replicas = Stream.of("slow", "down", "island", "north", "west")
                .map(replica -> ctx.runAsync("write to " + replica, String.class, () -> write(log, replica, value)))
                .toList();
        Choice.Quorum<String> most =
                RestatePromise.majority(replicas).cancelLosers().await();
        return "'" + value + "' is written: " + most.values() + ", "
                + most.failures().size() + " failed, " + most.pending().size() + " given up";
    }

    private static String write(Logger log, String replica, String value) throws InterruptedException {
        if (replica.equals("down")) {
            throw new TerminalException(503, "replica " + replica + " does not answer");
        }
        try {
            Thread.sleep(replica.equals("slow") ? 2_000 : 100L * replica.length()); // as if it were far away
        } catch (InterruptedException e) {
            log.info("replica {} is not waited for", replica);
            throw e;
        }
        log.info("replica {} has '{}'", replica, value);
        return replica;
    }
}
