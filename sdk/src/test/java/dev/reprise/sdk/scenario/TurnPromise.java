package dev.reprise.sdk.scenario;

import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A promise of the {@link TurnModel}: what it is made of, and what it makes of that. */
final class TurnPromise {
    /** How a promise or an await ends. */
    sealed interface Ending {
        record Value(String text) implements Ending {}

        record Failed(TerminalException reason) implements Ending {}

        /** Only of an await. */
        record Refused(String why) implements Ending {}
    }

    enum Kind {
        NOTIFICATION,
        BRANCH,
        END_OF_BRANCH,
        MAP,
        THEN,
        ALL,
        ALL_SETTLED,
        RACE,
        ANY,
        AT_LEAST,
        TIMEOUT,
        /** Settles when so many have, whatever their endings. */
        COUNT
    }

    final Kind kind;
    final int serial;
    final long madeAt;
    final int height;
    /** Whether what it gives can be told without anybody awaiting it: no function is below it. */
    final boolean pure;
    /** Who made it; null for what belongs to nobody. */
    final @Nullable TurnTask maker;

    final List<TurnPromise> children;
    final Set<Integer> heard = new HashSet<>();
    private final List<Ending> successes = new ArrayList<>();
    private final List<TerminalException> failures = new ArrayList<>();
    /** How many it needs, if it counts. */
    int needed;
    /** That of {@link Kind#MAP}. */
    @Nullable
    Function<String, String> map;
    /** That of {@link Kind#THEN}. */
    @Nullable
    Function<String, TurnPromise> then;
    /** The branch that it stands for. */
    @Nullable
    TurnTask branch;

    @Nullable
    Runnable givingUp;

    @Nullable
    Runnable whenSettled;

    boolean cancelsLosers;
    /** Whether the handler may not end before somebody has seen how this ended. */
    boolean mustBeSeen;

    boolean observed;

    @Nullable
    Ending ending;

    long settledAt;

    TurnPromise(Kind kind, int serial, long madeAt, @Nullable TurnTask maker, List<TurnPromise> children) {
        this.kind = kind;
        this.serial = serial;
        this.madeAt = madeAt;
        this.maker = maker;
        this.children = new ArrayList<>(children);
        this.height =
                1 + children.stream().mapToInt(child -> child.height).max().orElse(-1);
        this.pure = !hasFunction() && children.stream().allMatch(child -> child.pure || child.isOver());
    }

    boolean hasFunction() {
        return kind == Kind.MAP || kind == Kind.THEN;
    }

    boolean isOver() {
        return ending != null;
    }

    /** What code that asks is told. */
    boolean isSettled() {
        return isOver() || (hasFunction() && children.getLast().isSettled());
    }

    boolean succeeded() {
        return ending instanceof Ending.Value;
    }

    TerminalException reason() {
        return ((Ending.Failed) Objects.requireNonNull(ending)).reason();
    }

    /** What it ends with once it has heard of one of those it is made of; null if that is still open. */
    @Nullable
    Ending hear(int index) {
        heard.add(index);
        TurnPromise child = children.get(index);
        Ending how = Objects.requireNonNull(child.ending);
        boolean success = child.succeeded();
        if (success) {
            successes.add(how);
        } else {
            failures.add(child.reason());
        }
        int size = children.size();
        return switch (kind) {
            case MAP ->
                success ? new Ending.Value(Objects.requireNonNull(map).apply(((Ending.Value) how).text())) : how;
            case THEN -> index > 0 || !success ? how : joined(((Ending.Value) how).text());
            case ALL -> success ? (successes.size() == size ? new Ending.Value(texts()) : null) : how;
            case ALL_SETTLED, COUNT ->
                heard.size() == (kind == Kind.COUNT ? needed : size) ? new Ending.Value("") : null;
            case RACE -> how;
            case ANY -> success ? how : (failures.size() == size ? noneOf() : null);
            case AT_LEAST ->
                successes.size() == needed
                        ? new Ending.Value(successes.size() + " of " + size)
                        : (size - failures.size() < needed ? inTime() : null);
            case TIMEOUT -> index == 0 ? how : new Ending.Failed(new TimeoutException(Duration.ofSeconds(1)));
            case NOTIFICATION, BRANCH, END_OF_BRANCH -> throw new IllegalStateException("made of nothing: " + kind);
        };
    }

    private @Nullable Ending joined(String value) {
        TurnPromise given = Objects.requireNonNull(then).apply(value);
        if (given.isOver()) {
            return given.ending;
        }
        children.add(given);
        return null;
    }

    private String texts() {
        return children.stream()
                .map(child -> ((Ending.Value) Objects.requireNonNull(child.ending)).text())
                .toList()
                .toString();
    }

    /** All failures, in the order of arguments. */
    private Ending noneOf() {
        return new Ending.Failed(new AggregateException(
                children.stream().map(TurnPromise::reason).toList()));
    }

    /** The failures so far, as they came. */
    private Ending inTime() {
        return new Ending.Failed(new AggregateException(failures));
    }
}
