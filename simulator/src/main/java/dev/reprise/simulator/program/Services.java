package dev.reprise.simulator.program;

import dev.reprise.sdk.DurablePromise;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.serde.TypeRef;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The services of the workload. */
public final class Services {
    /** A service; {@link #RUN} runs a random program. */
    public static final String WORK = "Work";

    /** A virtual object: a list of tokens. {@link #RUN} runs a random program that has it for itself. */
    public static final String BOX = "Box";

    /** A workflow that waits for its promise. */
    public static final String FLOW = "Flow";

    public static final String RUN = "run";
    public static final String ADD = "add";
    static final String SIZE = "size";
    static final String RESOLVE = "resolve";

    public static final String TOKENS_NAME = "tokens";
    private static final StateKey<List<String>> TOKENS = StateKey.of(TOKENS_NAME, new TypeRef<List<String>>() {});

    private Services() {}

    public static List<ServiceDefinition> of(ExternalWorld outside) {
        return List.of(
                ServiceDefinition.service(WORK)
                        .handler(
                                RUN,
                                String.class,
                                String.class,
                                (ctx, argument) ->
                                        Programs.of(Argument.parse(argument)).run(new Scene(ctx, outside, null)))
                        .build(),
                ServiceDefinition.object(BOX)
                        .handler(
                                RUN,
                                String.class,
                                String.class,
                                (ctx, argument) ->
                                        Programs.of(Argument.parse(argument)).run(new Scene(ctx, outside, ctx)))
                        .handler(ADD, String.class, String.class, (ctx, token) -> add(ctx, token, outside))
                        .shared(SIZE, String.class, String.class, (ctx, nothing) -> size(ctx))
                        .build(),
                ServiceDefinition.workflow(FLOW)
                        .run(RUN, String.class, String.class, (ctx, nothing) -> runFlow(ctx))
                        .shared(RESOLVE, String.class, String.class, Services::resolve)
                        .build());
    }

    private static String add(ObjectContext ctx, String token, ExternalWorld outside) {
        List<String> tokens = new ArrayList<>(ctx.get(TOKENS).orElse(List.of()));
        tokens.add(token);
        Scene scene = new Scene(ctx, outside, ctx);
        ctx.run("between", String.class, () -> scene.execute("between", 0));
        ctx.set(TOKENS, tokens);
        return "added";
    }

    private static String size(SharedObjectContext ctx) {
        return "" + ctx.get(TOKENS).orElse(List.of()).size();
    }

    private static String runFlow(WorkflowContext ctx) {
        DurablePromise<String> promise = ctx.promise("resolved", String.class);
        String value = promise.get().await();
        return promise.peek().equals(Optional.of(value)) ? value : value + " changed";
    }

    private static String resolve(SharedWorkflowContext ctx, String value) {
        try {
            ctx.promise("resolved", String.class).resolve(value);
            return "first";
        } catch (TerminalException e) {
            return "second: " + e.getMessage();
        }
    }
}
