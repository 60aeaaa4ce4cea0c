package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;

/** Asks two providers and takes the first answer; a replay takes the same, whoever would be faster then. */
@Service
public class Racing {
    /** The first answer to a question. */
    @Handler
    public String ask(Context ctx, String question) {
        RestatePromise<String> slow = ctx.sleep(Duration.ofSeconds(5)).map(_ -> "slow: " + question);
        RestatePromise<String> fast = ctx.sleep(Duration.ofSeconds(1)).map(_ -> "fast: " + question);
        return RestatePromise.any(slow, fast).await();
    }
}
