package dev.reprise.sdk.promise;

import dev.reprise.sdk.promise.PromiseProgram.Behaviour;
import dev.reprise.sdk.promise.PromiseProgram.Kind;
import dev.reprise.sdk.promise.PromiseProgram.Shape;
import dev.reprise.sdk.promise.PromiseProgram.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a {@link PromiseProgram} must do, from the definition: each promise has an instant at which it settles, computed
 * from those of its children, without any order of evaluation.
 */
final class ReferenceInterpreter {
    private static final long NEVER = Long.MAX_VALUE;

    /** How a promise ends. */
    enum End {
        VALUE,
        FAILURE,
        BREAKAGE
    }

    /** How and when a promise ends. */
    record Ending(long instant, End end, String text) {
        static final Ending NONE = new Ending(NEVER, End.VALUE, "");

        Ending notBefore(long earliest) {
            return new Ending(Math.max(instant, earliest), end, text);
        }
    }

    private final PromiseProgram program;
    private final Map<Integer, Long> madeAt = new HashMap<>();
    private final Map<Integer, Ending> endings = new HashMap<>();
    private long now;

    ReferenceInterpreter(PromiseProgram program) {
        this.program = program;
    }

    /** One line for each await, and for each step of an iteration. */
    List<String> run() {
        List<String> lines = new ArrayList<>();
        for (Step step : program.steps()) {
            boolean goesOn = switch (step.act()) {
                case MAKES -> {
                    madeAt.put(step.shape(), now);
                    yield true;
                }
                case AWAITS -> await(ending(step.shape()), lines);
                case ITERATES -> iterate((Shape.Combined) program.shapes().get(step.shape()), lines);
            };
            if (!goesOn) {
                lines.add("waits");
                return lines;
            }
        }
        return lines;
    }

    private boolean await(Ending ending, List<String> lines) {
        if (ending.instant == NEVER) {
            return false;
        }
        now = Math.max(now, ending.instant);
        lines.add(ending.end + " " + ending.text + " @" + now);
        return true;
    }

    private boolean iterate(Shape.Combined combined, List<String> lines) {
        List<Ending> children = children(combined, now);
        for (int place : inOrder(children)) {
            if (children.get(place).instant == NEVER) {
                return false;
            }
            now = Math.max(now, children.get(place).instant);
            lines.add("next " + firstPlace(combined, place) + " @" + now);
        }
        return true;
    }

    /** Where a child occurs first; it may occur again. */
    private static int firstPlace(Shape.Combined combined, int place) {
        return combined.children().indexOf(combined.children().get(place));
    }

    private Ending ending(int shape) {
        Ending known = endings.get(shape);
        if (known == null) {
            known = switch (program.shapes().get(shape)) {
                case Shape.Single() -> single(shape);
                case Shape.Function function -> function(function, shape);
                case Shape.Limited limited -> limited(limited, shape);
                case Shape.Combined combined -> combined(combined, shape);
            };
            endings.put(shape, known);
        }
        return known;
    }

    private Ending single(int shape) {
        int place = program.order().indexOf(shape);
        if (place < 0) {
            return Ending.NONE;
        }
        return program.failing().contains(shape)
                ? new Ending(place + 1, End.FAILURE, "e" + shape)
                : new Ending(place + 1, End.VALUE, "v" + shape);
    }

    private Ending function(Shape.Function function, int shape) {
        Ending source = ending(function.child()).notBefore(madeAt.getOrDefault(shape, 0L));
        if (source.instant == NEVER || source.end != (function.onFailure() ? End.FAILURE : End.VALUE)) {
            return source;
        }
        End end = switch (function.behaviour()) {
            case GIVES -> End.VALUE;
            case FAILS -> End.FAILURE;
            case BREAKS -> End.BREAKAGE;
        };
        return new Ending(
                source.instant, end, function.behaviour() == Behaviour.BREAKS ? "bug" : "f(" + source.text + ")");
    }

    /** The timer's notification cannot be seen before the timer is made; then the promise itself comes first. */
    private Ending limited(Shape.Limited limited, int shape) {
        long made = madeAt.getOrDefault(shape, 0L);
        Ending child = ending(limited.child()).notBefore(made);
        int place = program.order().indexOf(shape);
        Ending timeout = place < 0 ? Ending.NONE : new Ending(place + 1, End.FAILURE, "timeout").notBefore(made);
        return child.instant <= timeout.instant ? child : timeout;
    }

    private Ending combined(Shape.Combined combined, int shape) {
        List<Ending> children = children(combined, madeAt.getOrDefault(shape, 0L));
        return switch (combined.kind()) {
            case WAIT_COMPLETED -> waitCompleted(combined, children, madeAt.getOrDefault(shape, 0L));
            case SELECT -> select(children);
            case ALL, ANY, RACE, ALL_SETTLED -> decided(combined.kind(), children, madeAt.getOrDefault(shape, 0L));
        };
    }

    private List<Ending> children(Shape.Combined combined, long made) {
        return combined.children().stream()
                .map(child -> ending(child).notBefore(made))
                .toList();
    }

    /** The places of endings by their instants; of one instant, as they are. */
    private static List<Integer> inOrder(List<Ending> endings) {
        return IntStream.range(0, endings.size())
                .boxed()
                .sorted(Comparator.comparingLong(place -> endings.get(place).instant))
                .toList();
    }

    private static Ending decided(Kind kind, List<Ending> children, long made) {
        List<Integer> inOrder = inOrder(children);
        for (int place : inOrder) {
            Ending child = children.get(place);
            if (child.instant != NEVER && decides(kind, child)) {
                return child;
            }
        }
        long last = inOrder.isEmpty() ? made : children.get(inOrder.getLast()).instant;
        return last == NEVER ? Ending.NONE : atLast(kind, children, last);
    }

    private static Ending select(List<Ending> children) {
        List<Integer> inOrder = inOrder(children);
        if (inOrder.isEmpty()) {
            return Ending.NONE;
        }
        int winner = inOrder.getFirst();
        Ending first = children.get(winner);
        return first.end == End.VALUE
                ? new Ending(first.instant, End.VALUE, "s" + winner + "(" + first.text + ")")
                : first;
    }

    private static Ending waitCompleted(Shape.Combined combined, List<Ending> children, long made) {
        List<Integer> done = inOrder(children).subList(0, combined.count());
        long instant = done.isEmpty() ? made : children.get(done.getLast()).instant;
        return new Ending(
                instant,
                End.VALUE,
                done.stream()
                        .map(place -> String.valueOf(firstPlace(combined, place)))
                        .collect(Collectors.joining(",", "done ", "")));
    }

    private static boolean decides(Kind kind, Ending child) {
        return switch (kind) {
            case ALL -> child.end != End.VALUE;
            case ANY -> child.end != End.FAILURE;
            case RACE -> true;
            case ALL_SETTLED -> child.end == End.BREAKAGE;
            case WAIT_COMPLETED, SELECT -> throw new IllegalArgumentException("decided elsewhere: " + kind);
        };
    }

    private static Ending atLast(Kind kind, List<Ending> children, long instant) {
        String texts = children.stream().map(Ending::text).collect(Collectors.joining(","));
        return switch (kind) {
            case ALL, ALL_SETTLED -> new Ending(instant, End.VALUE, "[" + texts + "]");
            case ANY -> new Ending(instant, End.FAILURE, "none of " + children.size());
            case RACE, WAIT_COMPLETED, SELECT -> Ending.NONE;
        };
    }
}
