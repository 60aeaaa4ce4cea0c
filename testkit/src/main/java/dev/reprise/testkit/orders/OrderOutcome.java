package dev.reprise.testkit.orders;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.SerdeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an invocation ended in one order, and what it did. Passed to a test's check. */
public final class OrderOutcome {
    private final Course course;

    OrderOutcome(Course course) {
        this.course = course;
    }

    private SerdeFactory serdes() {
        return course.serdes();
    }

    /**
     * What the handler returned.
     *
     * @throws AssertionError when it has failed
     */
    public <T> T value(Class<T> type) {
        return switch (course.output()) {
            case Result.Value(Bytes content) -> serdes().create(type).deserialize(content);
            case Result other -> throw new AssertionError("Expected a value, found " + OrderText.of(other) + ".");
        };
    }

    /** The handler's terminal failure; empty if it has returned. */
    public Optional<TerminalException> failure() {
        if (!(course.output() instanceof Result.Failed(var failure))) {
            return Optional.empty();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        failure.metadata().forEach(pair -> metadata.put(pair.key(), pair.value()));
        return Optional.of(new TerminalException(failure.code(), failure.message(), metadata));
    }

    /** The value of a state key at the end; empty if there is none. */
    public <T> Optional<T> state(String key, Class<T> type) {
        return Optional.ofNullable(course.state().get(Bytes.utf8(key)))
                .map(bytes -> serdes().create(type).deserialize(bytes));
    }

    /** The calls to other handlers, in order. */
    public List<OrderCall> calls() {
        return course.calls();
    }

    /** The messages to other handlers, in order. */
    public List<OrderCall> sends() {
        return course.sends();
    }

    /** The names of the steps whose closures were executed, in order; a step whose result was lost occurs again. */
    public List<String> steps() {
        return course.steps();
    }

    /**
     * The service of this order, to inspect what it did to the fakes it was made with.
     *
     * @throws ClassCastException when it is not of that class
     */
    public <T> T service(Class<T> type) {
        return type.cast(course.service());
    }

    /** What happened, line by line. */
    @Override
    public String toString() {
        return String.join("\n", course.timeline());
    }
}
