package dev.reprise.examples.patterns;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;

/** Waits for an answer from outside, but not for ever. */
@Service
public class Fallback {
    /** The answer to a question, or the usual one after an hour. */
    @Handler
    public String answer(Context ctx, String question) {
        Awakeable<String> answer = ctx.awakeable(String.class);
        ctx.run("post", () -> Outside.post(question, answer.id())).await();
        return answer.promise()
                .orTimeout(Duration.ofHours(1))
                .recover(_ -> "the usual")
                .await();
    }
}
