package dev.reprise.simulator.program;

import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Operations at once, combined as one of {@link RestatePromise}'s functions does. */
record Combination(Kind kind, List<Operation> parts) implements Operation {
    enum Kind {
        ALL,
        ANY,
        RACE,
        ALL_SETTLED
    }

    @Override
    public RestatePromise<String> start(Scene scene) {
        List<RestatePromise<String>> promises =
                parts.stream().map(part -> part.start(scene)).toList();
        return switch (kind) {
            case ALL -> RestatePromise.all(promises).map(Combination::join);
            case ANY -> failingAs("none", RestatePromise.any(promises));
            case RACE -> RestatePromise.race(promises);
            case ALL_SETTLED ->
                RestatePromise.allSettled(promises)
                        .map(all -> join(all.stream().map(Combination::text).toList()));
        };
    }

    private static RestatePromise<String> failingAs(String message, RestatePromise<String> promise) {
        return promise.recover(e -> {
            throw new TerminalException(400, message);
        });
    }

    private static String join(List<String> texts) {
        return texts.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(Settled<String> settled) {
        return switch (settled) {
            case Settled.Fulfilled<String>(String value) -> value;
            case Settled.Rejected<String>(TerminalException reason) -> "!" + reason.getMessage();
        };
    }

    @Override
    public boolean ends() {
        return kind == Kind.RACE
                ? parts.stream().anyMatch(Operation::ends)
                : parts.stream().allMatch(Operation::ends);
    }

    @Override
    public Expected expected() {
        List<Expected> all = parts.stream().map(Operation::expected).toList();
        @Nullable String value = Expected.any(all, Expected::value);
        @Nullable String failure = Expected.any(all, Expected::failure);
        return switch (kind) {
            case ALL -> new Expected(values(all), failure);
            case ANY -> new Expected(value, all.stream().allMatch(part -> part.failure() != null) ? "none" : null);
            case RACE -> new Expected(value, failure);
            case ALL_SETTLED ->
                all.contains(Expected.NEVER) ? Expected.NEVER : new Expected(list(all, Expected::settled), null);
        };
    }

    private static @Nullable String values(List<Expected> all) {
        boolean possible = all.stream().map(Expected::value).allMatch(Objects::nonNull);
        return possible ? list(all, part -> String.valueOf(part.value())) : null;
    }

    private static String list(List<Expected> all, Function<Expected, String> each) {
        return all.stream().map(each).collect(Collectors.joining(",", "\\[", "\\]"));
    }
}
