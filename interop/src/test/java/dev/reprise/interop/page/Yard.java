package dev.reprise.interop.page;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;

/** Services that are told what they are given, wait for one another, and keep a state. */
final class Yard {
    private static final StateKey<Integer> BALANCE = StateKey.of("balance", Integer.class);
    private static final StateKey<String> NOTE = StateKey.of("note", String.class);

    /** What a crane may be told: a schema with each kind of field. */
    record Lift(String what, int tons, boolean careful, Speed speed, List<String> stops) {}

    /** One of a few. */
    enum Speed {
        SLOW,
        FAST
    }

    private Yard() {}

    static List<ServiceDefinition> services() {
        return List.of(
                ServiceDefinition.service("Crane")
                        .handler("lift", Lift.class, Lift.class, (ctx, lift) -> lift)
                        .handler("name", String.class, String.class, (ctx, name) -> "Crane " + name)
                        .handler("await", String.class, String.class, Yard::await)
                        .build(),
                ServiceDefinition.object("Dock")
                        .handler("pay", Integer.class, Integer.class, Yard::pay)
                        .handler("moor", String.class, String.class, Yard::moor)
                        .shared("balance", String.class, Integer.class, Yard::balance)
                        .build(),
                ServiceDefinition.workflow("Permit")
                        .run("run", String.class, String.class, Yard::permit)
                        .shared("sign", String.class, String.class, Yard::sign)
                        .build());
    }

    private static String await(Context ctx, String dock) {
        return ctx.call(Target.object("Dock", dock, "moor"), "", String.class).await();
    }

    private static Integer pay(ObjectContext ctx, Integer amount) {
        int balance = ctx.get(BALANCE).orElse(0) + amount;
        ctx.set(BALANCE, balance);
        ctx.set(NOTE, Shop.MARKUP);
        return balance;
    }

    /** Waits for another dock while it holds this one; for the time to pass if it is told none. */
    private static String moor(ObjectContext ctx, String other) {
        ctx.sleep(Duration.ofMillis(other.isEmpty() ? 1 : 400));
        return other.isEmpty()
                ? ctx.awakeable(String.class).promise().await()
                : ctx.call(Target.object("Dock", other, "moor"), ctx.key(), String.class)
                        .await();
    }

    private static Integer balance(SharedObjectContext ctx, String unused) {
        return ctx.get(BALANCE).orElse(0);
    }

    private static String permit(WorkflowContext ctx, String who) {
        return who + " by " + ctx.promise("signature", String.class).get().await();
    }

    private static String sign(SharedWorkflowContext ctx, String name) {
        ctx.promise("signature", String.class).resolve(name);
        return name;
    }
}
