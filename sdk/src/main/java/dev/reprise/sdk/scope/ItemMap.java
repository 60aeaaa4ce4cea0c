package dev.reprise.sdk.scope;

import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.Scope;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with many items, a few at a time. There are as many branches as items may be in progress; each takes
 * the next item when it has finished one, so that memory does not grow with the number of items.
 */
public final class ItemMap<I extends @Nullable Object, T extends @Nullable Object> {
    private final Iterator<? extends I> rest;
    private final Branch.ItemBody<? super I, ? extends T> body;
    private final List<@Nullable T> results = new ArrayList<>();

    private ItemMap(Iterable<? extends I> items, Branch.ItemBody<? super I, ? extends T> body) {
        this.rest = items.iterator();
        this.body = body;
    }

    /** All results in the order of the items, or the first failure, which cancels the others. */
    @SuppressWarnings("NullAway") // each position has its result once all branches have succeeded
    public static <I extends @Nullable Object, T extends @Nullable Object> List<T> map(
            Opener opener, Iterable<? extends I> items, int limit, Branch.ItemBody<? super I, ? extends T> body) {
        if (limit < 1) {
            throw new IllegalArgumentException("Expected a limit of at least 1, found " + limit + ".");
        }
        ItemMap<I, T> map = new ItemMap<>(items, body);
        try (Scope<Context, Object, ?> scope = new BranchScope<>(opener, Scope.Joiner.awaitAllSuccessfulOrThrow())) {
            int branches = items instanceof Collection<?> all ? Math.min(limit, all.size()) : limit;
            for (int i = 0; i < branches; i++) {
                scope.fork("item", map::takeAll);
            }
            scope.join();
        }
        return Collections.unmodifiableList(map.results);
    }

    /** How each item ended, in the order of the items. */
    public static <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapSettled(
            Opener opener, Iterable<? extends I> items, int limit, Branch.ItemBody<? super I, ? extends T> body) {
        return map(opener, items, limit, (ctx, item) -> {
            try {
                return new Settled.Fulfilled<>(body.run(ctx, item));
            } catch (CancelledException cancelled) {
                throw cancelled;
            } catch (TerminalException reason) {
                return new Settled.Rejected<>(reason);
            }
        });
    }

    private @Nullable Object takeAll(Context ctx) throws Exception {
        while (rest.hasNext()) {
            I item = rest.next();
            int place = results.size();
            results.add(null);
            results.set(place, body.run(ctx, item));
        }
        return null;
    }
}
