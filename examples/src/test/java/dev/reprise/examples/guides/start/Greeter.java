package dev.reprise.examples.guides.start;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;

@Service
public class Greeter {
    public record Greeting(String text, String weather) {}

    @Handler
    public Greeting greet(Context ctx, String name) {
        RestatePromise<String> text = ctx.runAsync("text", String.class, () -> "Hello " + name);
        RestatePromise<String> weather = ctx.runAsync("weather", String.class, () -> "sunny")
                .orTimeout(Duration.ofSeconds(2))
                .recover(late -> "unknown");
        return RestatePromise.all(text, weather).map(Greeting::new).await();
    }
}
