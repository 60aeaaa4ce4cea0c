package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.List;

/** Splits work over invocations of a service, which may run on other machines, and puts the results together. */
@Service
public class FanOut {
    /** How many words the lines have together. */
    @Handler
    public int count(Context ctx, List<String> lines) {
        List<RestatePromise<Integer>> counts = lines.stream()
                .<RestatePromise<Integer>>map(line -> ctx.service(FanOut.class).call(FanOut::words, line))
                .toList();
        return RestatePromise.all(counts).await().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many words a line has. */
    @Handler
    public int words(Context ctx, String line) {
        int words = ctx.run("count", Integer.class, () -> line.strip().split("\\s+").length);
        ctx.logger().info("'{}' has {} words", line, words);
        return words;
    }
}
