package dev.reprise.simulator.program;

import dev.reprise.sdk.RestatePromise;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Operations one after the other in a branch of their own. Each is named by the results before it, so that the journal
 * shows a replay that gives turns in another order.
 *
 * @param name the name of the branch, and of its steps
 */
record Forked(String name, List<Operation> parts) implements Operation {
    @Override
    public RestatePromise<String> start(Scene scene) {
        return scene.ctx().fork(name, ctx -> {
            Scene own = scene.in(ctx);
            StringBuilder texts = new StringBuilder();
            for (Operation part : parts) {
                texts.append(part.start(own).await());
                String then = name + " " + texts.toString().hashCode();
                ctx.run(then, String.class, () -> own.execute(then, 0));
            }
            return texts.toString();
        });
    }

    @Override
    public boolean ends() {
        return parts.stream().allMatch(Operation::ends);
    }

    @Override
    public Expected expected() {
        List<Expected> all = parts.stream().map(Operation::expected).toList();
        boolean succeeds = all.stream().allMatch(part -> part.value() != null);
        String value = succeeds
                ? all.stream().map(part -> String.valueOf(part.value())).collect(Collectors.joining())
                : null;
        return new Expected(value, Expected.any(all, Expected::failure));
    }
}
