package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import org.slf4j.Logger;

/** Asks two providers and takes the first answer; a replay takes the same, whoever would be faster then. */
@Service
public class Racing {
    /** The first answer to a question. */
    @Handler
    public String ask(Context ctx, String question) {
        Logger log = ctx.logger();
        RestatePromise<String> slow =
                ctx.runAsync("ask slow", String.class, () -> answer(log, "slow", question, Duration.ofMillis(900)));
        RestatePromise<String> fast =
                ctx.runAsync("ask fast", String.class, () -> answer(log, "fast", question, Duration.ofMillis(300)));
        String first = RestatePromise.any(slow, fast).await();
        log.info("the race is over, and the other answer is not waited for");
        return first;
    }

    private static String answer(Logger log, String provider, String question, Duration after)
            throws InterruptedException {
        log.info("{} is asked", provider);
        Thread.sleep(after);
        log.info("{} answers", provider);
        return provider + ": " + question;
    }
}
