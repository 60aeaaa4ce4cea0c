package dev.reprise.simulator.program;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a random handler.
 *
 * @param object its context once more when it has an object for itself; else null
 */
record Scene(Context ctx, ExternalWorld outside, @Nullable ObjectContext object) {
    /** The same in a branch, which has a context of its own. */
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
