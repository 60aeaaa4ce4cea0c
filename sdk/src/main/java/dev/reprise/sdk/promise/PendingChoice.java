package dev.reprise.sdk.promise;

import dev.reprise.sdk.Choice;
import dev.reprise.sdk.RestatePromise;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A promise that is decided by some of several promises. */
public final class PendingChoice<T extends @Nullable Object> extends PromiseNode<T> implements Choice<T> {
    PendingChoice(Rule.Combining<T> rule, List<? extends RestatePromise<?>> promises) {
        super(rule, promises);
    }

    @Override
    public Choice<T> cancelLosers() {
        setCancelsLosers();
        return this;
    }
}
