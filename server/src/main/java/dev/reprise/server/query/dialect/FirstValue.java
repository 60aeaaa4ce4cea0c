package dev.reprise.server.query.dialect;

import org.jspecify.annotations.Nullable;

/** The aggregate {@code first_value}. Public, because the code that Calcite generates for a plan calls it. */
public final class FirstValue {
    private boolean isKnown;
    private @Nullable Object value;

    private FirstValue() {}

    /** Begins a group. */
    public static FirstValue init() {
        return new FirstValue();
    }

    /** Adds a row of the group, in order. */
    public static FirstValue add(FirstValue first, @Nullable Object value) {
        if (!first.isKnown) {
            first.isKnown = true;
            first.value = value;
        }
        return first;
    }

    /** Ends a group. */
    public static @Nullable Object result(FirstValue first) {
        return first.value;
    }
}
