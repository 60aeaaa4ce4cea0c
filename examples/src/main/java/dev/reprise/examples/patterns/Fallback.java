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
        ctx.logger().info("asking the station in {}, and waiting for two seconds", city);
        return ctx.service(Fallback.class)
                .call(Fallback::measure, city)
                .orTimeout(Duration.ofSeconds(2))
                .recover(failure -> {
                    ctx.logger().info("doing without: {}", failure.getMessage());
                    return city + ": mild, as usual";
                })
                .await();
    }

    /** What a station measures; the one in Atlantis takes a minute. */
    @Handler
    public String measure(Context ctx, String city) {
        Duration time = Duration.ofSeconds(city.equals("Atlantis") ? 60 : 1);
        ctx.logger().info("the station in {} measures for {} s", city, time.toSeconds());
        ctx.sleep(time);
        return city + ": sunny";
    }
}
