package dev.reprise.simulator.program;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How something may end, as regular expressions over texts; null where it cannot end so.
 *
 * @param value matches its value
 * @param failure matches its failure's message
 */
public record Expected(@Nullable String value, @Nullable String failure) {
    /** It never ends at all. */
    static final Expected NEVER = new Expected(null, null);

    static Expected value(String text) {
        return new Expected(Pattern.quote(text), null);
    }

    static Expected failure(String message) {
        return new Expected(null, Pattern.quote(message));
    }

    /** It may also fail, with any message. */
    Expected orFailure() {
        return new Expected(value, ".*");
    }

    /** The ending as one text, as {@link Program} writes it. */
    String settled() {
        String failed = failure == null ? null : "!" + failure;
        return "(?:" + Stream.of(value, failed).filter(Objects::nonNull).collect(Collectors.joining("|")) + ")";
    }

    /** The alternatives of one kind; null if there are none. */
    static @Nullable String any(List<Expected> choices, Function<Expected, @Nullable String> kind) {
        List<String> possible =
                choices.stream().map(kind).filter(Objects::nonNull).distinct().toList();
        return possible.isEmpty() ? null : "(?:" + String.join("|", possible) + ")";
    }

    public boolean matchesValue(String text) {
        return value != null && Pattern.matches(value, text);
    }

    public boolean matchesFailure(String message) {
        return failure != null
                && Pattern.compile(failure, Pattern.DOTALL).matcher(message).matches();
    }
}
