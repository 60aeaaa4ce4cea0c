package dev.reprise.simulator.program;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import org.jspecify.annotations.Nullable;

/**
 * The surroundings of a random handler.
 *
 * @param object its context again if it has an object for itself; otherwise null
 */
record Scene(Context ctx, ExternalWorld outside, @Nullable ObjectContext object) {
    /** The scene of a branch, which has a context of its own. */
    Scene in(Context branch) {
        return new Scene(branch, outside, object == null ? null : (ObjectContext) branch);
    }

    /** What the closure of a run does. */
    String execute(String run, int failures) {
        return outside.execute(ctx.request(), run, failures);
    }

    /** A name that no other invocation has. */
    String unique(String name) {
        return ctx.request().invocationId() + " " + name;
    }
}
