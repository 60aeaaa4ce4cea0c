package dev.reprise.sdk;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Every alternative of {@link RestatePromise#any(List)} was rejected, as ECMAScript's {@code AggregateError}. Code 500.
 *
 * <p>As the outcome of a whole invocation or a run only its message is recorded, not the single errors.
 */
public final class AggregateException extends TerminalException {
    private static final long serialVersionUID = 1L;

    private final TerminalException[] errors;

    /**
     * All alternatives failed.
     *
     * @param errors why, in the order of the alternatives; empty if there was no alternative
     */
    public AggregateException(List<TerminalException> errors) {
        super(message(errors));
        this.errors = errors.toArray(TerminalException[]::new);
    }

    /** Why each alternative failed, in the order they were given. */
    public List<TerminalException> errors() {
        return List.of(errors);
    }

    private static String message(List<TerminalException> errors) {
        return errors.stream()
                .map(TerminalException::getMessage)
                .collect(Collectors.joining("; ", "all rejected: [", "]"));
    }
}
