package dev.reprise.server.ingress;

import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;

/** Services of every kind whose handlers take and give different content types. */
final class IngressTestServices {
    private static final StateKey<Integer> COUNT = StateKey.of("count", Integer.class);

    private IngressTestServices() {}

    static List<ServiceDefinition> all() {
        return List.of(ops(), hidden(), counter(), flow());
    }

    private static ServiceDefinition ops() {
        HandlerOptions anyText = HandlerOptions.builder().accept("text/*").build();
        return ServiceDefinition.service("Ops")
                .handler("greet", String.class, String.class, (_, name) -> "Hello " + name)
                .handler("nothing", Serde.none(), Serde.none(), (_, _) -> null)
                .handler("raw", byte[].class, byte[].class, (_, bytes) -> bytes)
                .handler("text", byte[].class, byte[].class, (_, bytes) -> bytes)
                .handler("fail", Integer.class, String.class, (_, code) -> {
                    throw new TerminalException(code, "as asked");
                })
                .handler("nap", Integer.class, String.class, (ctx, millis) -> {
                    ctx.sleep(Duration.ofMillis(millis));
                    return "slept";
                })
                .build()
                .withOptions("text", anyText);
    }

    private static ServiceDefinition hidden() {
        return ServiceDefinition.service("Hidden")
                .handler("greet", String.class, String.class, (_, name) -> "Psst, " + name)
                .build()
                .withOptions(HandlerOptions.builder().ingressPrivate(true).build());
    }

    private static ServiceDefinition counter() {
        return ServiceDefinition.object("Counter")
                .handler("add", Integer.class, Integer.class, (ctx, amount) -> {
                    int next = ctx.get(COUNT).orElse(0) + amount;
                    ctx.set(COUNT, next);
                    return next;
                })
                .build();
    }

    private static ServiceDefinition flow() {
        return ServiceDefinition.workflow("Flow")
                .run(
                        "run",
                        String.class,
                        String.class,
                        (ctx, _) -> ctx.promise("go", String.class).get().await())
                .shared("go", String.class, String.class, (ctx, value) -> {
                    ctx.promise("go", String.class).resolve(value);
                    return value;
                })
                .build();
    }
}
