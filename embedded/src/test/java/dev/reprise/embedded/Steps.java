package dev.reprise.embedded;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A handler's context, and runs that note that they were executed. */
record Steps(Context ctx, Consumer<String> executed) {
    RestatePromise<String> ok(String name) {
        return ctx.runAsync(name, String.class, () -> {
            executed.accept(ctx.request().invocationId() + " " + name);
            return name;
        });
    }

    RestatePromise<String> fails(String name) {
        return ctx.runAsync(name, String.class, () -> {
            executed.accept(ctx.request().invocationId() + " " + name);
            throw new TerminalException(409, name + " failed");
        });
    }

    RestatePromise<String> never() {
        return ctx.awakeable(String.class).promise();
    }

    List<RestatePromise<String>> many(String prefix, int size) {
        List<RestatePromise<String>> runs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            runs.add(ok(prefix + i));
        }
        return runs;
    }
}
