package dev.reprise.sdk.promise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program that makes promises and awaits some of them, with the order of the notifications it gets. Drawn from a
 * seed.
 *
 * @param shapes the promises, of which each is made of earlier ones
 * @param steps what the program does, in order
 * @param order the single ones and the timeouts whose notification comes, in the order in which it does
 * @param failing the single ones that settle with a failure
 */
public record PromiseProgram(List<Shape> shapes, List<Step> steps, List<Integer> order, List<Integer> failing) {
    private static final int SINGLES_MAX = 6;
    private static final int OTHERS_MAX = 12;

    /** What a promise is; children are places in the list of shapes. */
    public sealed interface Shape {
        record Single() implements Shape {}

        record Function(boolean onFailure, Behaviour behaviour, int child) implements Shape {}

        /** A promise with a time limit; the timer has the notification of this shape. */
        record Limited(int child) implements Shape {}

        /** Several promises in one; {@code count} is for {@link Kind#WAIT_COMPLETED} alone. */
        record Combined(Kind kind, int count, List<Integer> children) implements Shape {}
    }

    public enum Kind {
        ALL,
        ANY,
        RACE,
        ALL_SETTLED,
        WAIT_COMPLETED,
        SELECT
    }

    /** What a function does with what it is given. */
    public enum Behaviour {
        GIVES,
        FAILS,
        BREAKS
    }

    public enum Act {
        MAKES,
        AWAITS,
        /** Iterates over the children of a combined promise as they settle. */
        ITERATES
    }

    /** One thing the program does with one promise. */
    public record Step(Act act, int shape) {}

    public static PromiseProgram draw(long seed) {
        Random random = new Random(seed);
        int singles = 1 + random.nextInt(SINGLES_MAX);
        List<Shape> shapes = new ArrayList<>(Collections.nCopies(singles, new Shape.Single()));
        int size = singles + random.nextInt(OTHERS_MAX);
        while (shapes.size() < size) {
            shapes.add(shape(random, shapes.size()));
        }
        List<Integer> order = IntStream.range(0, size)
                .filter(shape -> hasNotification(shapes.get(shape)))
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(order, random);
        int settling = random.nextInt(4) == 0 ? random.nextInt(order.size() + 1) : order.size();
        List<Integer> failing = order.stream()
                .filter(shape -> shapes.get(shape) instanceof Shape.Single && random.nextInt(3) == 0)
                .toList();
        return new PromiseProgram(
                List.copyOf(shapes), steps(random, shapes, singles), List.copyOf(order.subList(0, settling)), failing);
    }

    private static boolean hasNotification(Shape shape) {
        return shape instanceof Shape.Single || shape instanceof Shape.Limited;
    }

    private static Shape shape(Random random, int earlier) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                Behaviour behaviour = random.nextInt(12) == 0
                        ? Behaviour.BREAKS
                        : random.nextInt(4) == 0 ? Behaviour.FAILS : Behaviour.GIVES;
                yield new Shape.Function(random.nextInt(3) == 0, behaviour, random.nextInt(earlier));
            }
            case 3 -> new Shape.Limited(random.nextInt(earlier));
            default -> combined(random, earlier);
        };
    }

    private static Shape combined(Random random, int earlier) {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        int size = random.nextInt(4);
        int count = kind == Kind.WAIT_COMPLETED ? random.nextInt(size + 1) : 0;
        return new Shape.Combined(
                kind, count, random.ints(size, 0, earlier).boxed().toList());
    }

    /** Makes them in order, and awaits any that is made already in between and at the end. */
    private static List<Step> steps(Random random, List<Shape> shapes, int singles) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            steps.add(new Step(Act.MAKES, i));
            if (i >= singles && random.nextInt(4) == 0) {
                steps.add(await(random, shapes, i + 1));
            }
        }
        for (int i = 0; i < 4; i++) {
            steps.add(await(random, shapes, shapes.size()));
        }
        return List.copyOf(steps);
    }

    private static Step await(Random random, List<Shape> shapes, int made) {
        int shape = random.nextInt(made);
        boolean iterates = shapes.get(shape) instanceof Shape.Combined && random.nextInt(4) == 0;
        return new Step(iterates ? Act.ITERATES : Act.AWAITS, shape);
    }

    /** How many timeouts are made before this one. */
    public int timersBefore(int shape) {
        return (int) shapes.subList(0, shape).stream()
                .filter(Shape.Limited.class::isInstance)
                .count();
    }

    /** The program as one would write it. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            lines.add(
                    switch (step.act()) {
                        case MAKES -> "p" + step.shape() + " = " + expression(shapes.get(step.shape()));
                        case AWAITS -> "await p" + step.shape();
                        case ITERATES -> "for each as completed of p" + step.shape();
                    });
        }
        String notifications = order.stream()
                .map(shape -> (failing.contains(shape) ? "failure" : "value") + " of p" + shape)
                .collect(Collectors.joining(", "));
        return String.join("\n", lines) + "\nnotifications: " + notifications;
    }

    private static String expression(Shape shape) {
        return switch (shape) {
            case Shape.Single() -> "single";
            case Shape.Function(boolean onFailure, Behaviour behaviour, int child) ->
                "p" + child + (onFailure ? ".recover(" : ".map(") + behaviour + ")";
            case Shape.Limited(int child) -> "p" + child + ".orTimeout";
            case Shape.Combined(Kind kind, int count, List<Integer> children) ->
                children.stream()
                        .map(child -> "p" + child)
                        .collect(Collectors.joining(
                                ", ", kind + (kind == Kind.WAIT_COMPLETED ? " " + count : "") + "(", ")"));
        };
    }
}
