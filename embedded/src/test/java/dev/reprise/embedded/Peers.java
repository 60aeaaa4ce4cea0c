package dev.reprise.embedded;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.DurablePromise;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The handlers that the programs call: a virtual object, a workflow and a service. */
final class Peers {
    private static final String BOX = "Box";
    private static final String FLOW = "Flow";
    private static final String DESK = "Desk";
    private static final StateKey<String> TOKENS = StateKey.of("tokens", String.class);
    private static final StateKey<String> NOTE = StateKey.of("note", String.class);

    private final Consumer<String> executed;

    private Peers(Consumer<String> executed) {
        this.executed = executed;
    }

    static Target box(String key, String handler) {
        return Target.object(BOX, key, handler);
    }

    static Target flow(String key, String handler) {
        return Target.workflow(FLOW, key, handler);
    }

    static Target desk(String handler) {
        return Target.service(DESK, handler);
    }

    static List<ServiceDefinition> all(Consumer<String> executed) {
        Peers peers = new Peers(executed);
        return List.of(
                ServiceDefinition.object(BOX)
                        .handler("add", String.class, String.class, peers::add)
                        .handler("hold", String.class, String.class, peers::hold)
                        .shared("release", String.class, String.class, peers::release)
                        .shared("look", String.class, String.class, peers::look)
                        .handler("rewrite", String.class, String.class, peers::rewrite)
                        .handler("rewriteLazily", String.class, String.class, peers::rewrite)
                        .options(
                                "rewriteLazily",
                                HandlerOptions.builder().lazyState(true).build())
                        .build(),
                ServiceDefinition.workflow(FLOW)
                        .run("run", String.class, String.class, peers::run)
                        .shared("approve", String.class, String.class, peers::approve)
                        .build(),
                ServiceDefinition.service(DESK)
                        .handler("book", String.class, String.class, peers::book)
                        .handler("tell", String.class, String.class, peers::tell)
                        .build());
    }

    private Steps steps(Context ctx) {
        return new Steps(ctx, executed);
    }

    /** Reads, works, and writes: two at a time would lose a token. */
    private String add(ObjectContext ctx, String token) {
        String before = ctx.get(TOKENS).orElse("");
        steps(ctx).ok("add " + token).await();
        ctx.set(TOKENS, before + token);
        return before + token;
    }

    private String look(SharedObjectContext ctx, String ignored) {
        return ctx.get(TOKENS).orElse("nothing");
    }

    /** Has its key until it is released. */
    private String hold(ObjectContext ctx, String token) {
        return token + " until " + ctx.signal("release", String.class).await();
    }

    /** Runs beside the one that has its key, whose id it is told. */
    private String release(SharedObjectContext ctx, String holder) {
        String reason = steps(ctx).ok("reason").await();
        ctx.invocation(holder).signal("release", reason);
        return "released";
    }

    /** Does everything to its state, with steps between; answers what it saw. */
    private String rewrite(ObjectContext ctx, String note) {
        List<String> seen = new ArrayList<>();
        seen.add(see(ctx));
        ctx.set(NOTE, note);
        ctx.set(TOKENS, "t");
        steps(ctx).ok("set").await();
        seen.add(see(ctx));
        ctx.clear(TOKENS);
        steps(ctx).ok("cleared").await();
        seen.add(see(ctx));
        ctx.clearAll();
        steps(ctx).ok("cleared all").await();
        seen.add(see(ctx));
        ctx.set(NOTE, note + " is left");
        return String.join(" ", seen);
    }

    private static String see(ObjectContext ctx) {
        return ctx.stateKeys().stream().sorted().toList()
                + ctx.get(NOTE).orElse("-")
                + ctx.get(TOKENS).orElse("-");
    }

    private String run(WorkflowContext ctx, String what) {
        ctx.set(NOTE, what);
        String prepared = steps(ctx).ok("prepared").await();
        String by = ctx.promise("approval", String.class).get().await();
        return prepared + ", " + what + " approved by " + by;
    }

    /** Looks at the promise, completes it, and looks again. */
    private String approve(SharedWorkflowContext ctx, String by) {
        DurablePromise<String> approval = ctx.promise("approval", String.class);
        String before = approval.peek().orElse("nobody");
        steps(ctx).ok("thought about it").await();
        approval.resolve(by);
        return before + ", then " + approval.peek().orElse("nobody");
    }

    /** Tells its caller that it is in the middle, and undoes what it did when it is cancelled there. */
    private String book(Context ctx, String caller) {
        Steps steps = steps(ctx);
        steps.ok("booked").await();
        ctx.invocation(caller).signal("booked", ctx.request().invocationId());
        try {
            ctx.sleep(Duration.ofDays(1));
            return "was not cancelled";
        } catch (CancelledException e) {
            steps.ok("undone").await();
            throw e;
        }
    }

    private String tell(Context ctx, String listener) {
        ctx.invocation(listener).signal("first", "one");
        ctx.invocation(listener).signal("second", steps(ctx).ok("two").await());
        return "told";
    }
}
