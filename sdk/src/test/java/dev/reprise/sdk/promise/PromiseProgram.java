package dev.reprise.sdk.promise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A program that makes promises and awaits some of them, with the order of the notifications it gets. Drawn from a seed.
 *
 * @param shapes the promises; the single ones come first, and each other is made of earlier ones
 * @param steps what the program does, in order
 * @param order the single ones that settle, in the order in which they do
 * @param failing the single ones that settle with a failure
 */
public record PromiseProgram(List<Shape> shapes, List<Step> steps, List<Integer> order, List<Integer> failing) {
    /** What a promise is; children are places in the list of shapes. */
    public sealed interface Shape {
        record Single() implements Shape {}

        record Function(boolean onFailure, Behaviour behaviour, int child) implements Shape {}

        record Combined(Kind kind, List<Integer> children) implements Shape {}
    }

    public enum Kind {
        ALL,
        ANY,
        RACE,
        ALL_SETTLED,
        WAIT_FOR_ONE
    }

    /** What a function does with what it is given. */
    public enum Behaviour {
        GIVES,
        FAILS,
        BREAKS
    }

    /** One thing the program does with one promise. */
    public record Step(boolean awaits, int shape) {}

    public static PromiseProgram draw(long seed) {
        Random random = new Random(seed);
        int singles = 1 + random.nextInt(6);
        List<Shape> shapes = new ArrayList<>(Collections.nCopies(singles, new Shape.Single()));
        int size = singles + random.nextInt(12);
        while (shapes.size() < size) {
            shapes.add(shape(random, shapes.size()));
        }
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, singles).boxed().toList());
        Collections.shuffle(order, random);
        int settling = random.nextInt(4) == 0 ? random.nextInt(singles + 1) : singles;
        List<Integer> failing =
                order.stream().filter(single -> random.nextInt(3) == 0).toList();
        return new PromiseProgram(shapes, steps(random, shapes.size(), singles), order.subList(0, settling), failing);
    }

    private static Shape shape(Random random, int earlier) {
        if (random.nextInt(5) < 2) {
            Behaviour behaviour = random.nextInt(12) == 0
                    ? Behaviour.BREAKS
                    : random.nextInt(4) == 0 ? Behaviour.FAILS : Behaviour.GIVES;
            return new Shape.Function(random.nextInt(3) == 0, behaviour, random.nextInt(earlier));
        }
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        int size = kind == Kind.WAIT_FOR_ONE ? 1 + random.nextInt(3) : random.nextInt(4);
        return new Shape.Combined(kind, random.ints(size, 0, earlier).boxed().toList());
    }

    /** Makes them in order, and awaits any that is made already in between and at the end. */
    private static List<Step> steps(Random random, int shapes, int singles) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < shapes; i++) {
            steps.add(new Step(false, i));
            if (i >= singles && random.nextInt(4) == 0) {
                steps.add(new Step(true, random.nextInt(i + 1)));
            }
        }
        for (int i = 0; i < 4; i++) {
            steps.add(new Step(true, random.nextInt(shapes)));
        }
        return steps;
    }
}
