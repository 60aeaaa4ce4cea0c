package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;

/** Waits for an answer, but not for long, and then does without it. */
@Service
public class Fallback {
    /** The weather as it is measured, or as it usually is when that takes more than two seconds. */
    @Handler
    public String weather(Context ctx, String city) {
        return ctx.service(Fallback.class)
                .call(Fallback::measure, city)
                .orTimeout(Duration.ofSeconds(2))
                .recover(_ -> city + ": mild, as usual")
                .await();
    }

    /** What a station measures; the one in Atlantis takes a minute. */
    @Handler
    public String measure(Context ctx, String city) {
        ctx.sleep(Duration.ofSeconds(city.equals("Atlantis") ? 60 : 1)).await();
        return city + ": sunny";
    }
}
