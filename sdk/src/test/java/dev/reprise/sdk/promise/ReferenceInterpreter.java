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

    /** One line for each await. */
    List<String> run() {
        List<String> lines = new ArrayList<>();
        for (Step step : program.steps()) {
            if (!step.awaits()) {
                madeAt.put(step.shape(), now);
                continue;
            }
            Ending ending = ending(step.shape());
            if (ending.instant == NEVER) {
                lines.add("waits");
                return lines;
            }
            now = Math.max(now, ending.instant);
            lines.add(ending.end + " " + ending.text + " @" + now);
        }
        return lines;
    }

    private Ending ending(int shape) {
        Ending known = endings.get(shape);
        if (known == null) {
            known = switch (program.shapes().get(shape)) {
                case Shape.Single() -> single(shape);
                case Shape.Function function -> function(function, shape);
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

    private Ending combined(Shape.Combined combined, int shape) {
        long made = madeAt.getOrDefault(shape, 0L);
        List<Ending> children = combined.children().stream()
                .map(child -> ending(child).notBefore(made))
                .toList();
        List<Ending> inOrder = children.stream()
                .sorted(Comparator.comparingLong(Ending::instant))
                .toList();
        for (Ending child : inOrder) {
            if (child.instant != NEVER && decides(combined.kind(), child)) {
                return combined.kind() == Kind.WAIT_FOR_ONE
                        ? new Ending(child.instant, End.VALUE, "done " + children.indexOf(child))
                        : child;
            }
        }
        long last = inOrder.isEmpty() ? made : inOrder.getLast().instant;
        return combined.kind() == Kind.RACE || last == NEVER ? Ending.NONE : atLast(combined.kind(), children, last);
    }

    private static boolean decides(Kind kind, Ending child) {
        return switch (kind) {
            case ALL -> child.end != End.VALUE;
            case ANY -> child.end != End.FAILURE;
            case RACE, WAIT_FOR_ONE -> true;
            case ALL_SETTLED -> child.end == End.BREAKAGE;
        };
    }

    private static Ending atLast(Kind kind, List<Ending> children, long instant) {
        String texts = children.stream().map(Ending::text).collect(Collectors.joining(","));
        return switch (kind) {
            case ALL, ALL_SETTLED -> new Ending(instant, End.VALUE, "[" + texts + "]");
            case ANY -> new Ending(instant, End.FAILURE, "none of " + children.size());
            case RACE, WAIT_FOR_ONE -> Ending.NONE;
        };
    }
}
