package dev.reprise.sdk.promise;

import dev.reprise.sdk.promise.PromiseProgram.Act;
import dev.reprise.sdk.promise.PromiseProgram.Behaviour;
import dev.reprise.sdk.promise.PromiseProgram.Shape;
import dev.reprise.sdk.promise.PromiseProgram.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds a smaller program that still fails, by leaving out one thing after the other. */
final class Shrinking {
    private Shrinking() {}

    /** The program left when nothing more can be left out without {@code fails} turning false. */
    static PromiseProgram shrink(PromiseProgram program, Predicate<PromiseProgram> fails) {
        PromiseProgram smallest = program;
        Optional<PromiseProgram> smaller = Optional.of(program);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smaller(smallest).stream().filter(fails).findFirst();
        }
        return smallest;
    }

    private static List<PromiseProgram> smaller(PromiseProgram program) {
        List<PromiseProgram> smaller = new ArrayList<>();
        for (int i = 0; i < program.steps().size(); i++) {
            if (program.steps().get(i).act() != Act.MAKES) {
                smaller.add(new PromiseProgram(
                        program.shapes(), without(program.steps(), i), program.order(), program.failing()));
            }
        }
        for (int i = program.shapes().size() - 1; i >= 0; i--) {
            if (!isUsed(program, i)) {
                smaller.add(withoutShape(program, i));
            }
        }
        for (int i = 0; i < program.shapes().size(); i++) {
            for (Shape simpler : simpler(program.shapes().get(i))) {
                List<Shape> shapes = new ArrayList<>(program.shapes());
                shapes.set(i, simpler);
                smaller.add(new PromiseProgram(shapes, program.steps(), program.order(), program.failing()));
            }
        }
        for (int i = 0; i < program.order().size(); i++) {
            smaller.add(new PromiseProgram(
                    program.shapes(), program.steps(), without(program.order(), i), program.failing()));
        }
        for (int i = 0; i < program.failing().size(); i++) {
            smaller.add(new PromiseProgram(
                    program.shapes(), program.steps(), program.order(), without(program.failing(), i)));
        }
        return smaller;
    }

    private static List<Shape> simpler(Shape shape) {
        List<Shape> simpler = new ArrayList<>();
        if (!(shape instanceof Shape.Single)) {
            simpler.add(new Shape.Single());
        }
        if (shape instanceof Shape.Function function && function.behaviour() != Behaviour.GIVES) {
            simpler.add(new Shape.Function(function.onFailure(), Behaviour.GIVES, function.child()));
        }
        if (shape instanceof Shape.Combined combined) {
            for (int i = 0; i < combined.children().size(); i++) {
                List<Integer> children = without(combined.children(), i);
                simpler.add(new Shape.Combined(combined.kind(), Math.min(combined.count(), children.size()), children));
            }
        }
        return simpler;
    }

    private static boolean isUsed(PromiseProgram program, int shape) {
        return program.steps().stream().anyMatch(step -> step.act() != Act.MAKES && step.shape() == shape)
                || program.shapes().stream().anyMatch(other -> children(other).contains(shape));
    }

    private static List<Integer> children(Shape shape) {
        return switch (shape) {
            case Shape.Single() -> List.of();
            case Shape.Function function -> List.of(function.child());
            case Shape.Limited(int child) -> List.of(child);
            case Shape.Combined combined -> combined.children();
        };
    }

    /** The program without a promise that nothing uses; those behind it move up. */
    private static PromiseProgram withoutShape(PromiseProgram program, int gone) {
        List<Shape> shapes = without(program.shapes(), gone).stream()
                .map(shape -> moved(shape, gone))
                .toList();
        List<Step> steps = program.steps().stream()
                .filter(step -> step.shape() != gone)
                .map(step -> new Step(step.act(), moved(step.shape(), gone)))
                .toList();
        return new PromiseProgram(shapes, steps, moved(program.order(), gone), moved(program.failing(), gone));
    }

    private static Shape moved(Shape shape, int gone) {
        return switch (shape) {
            case Shape.Single single -> single;
            case Shape.Function(boolean onFailure, Behaviour behaviour, int child) ->
                new Shape.Function(onFailure, behaviour, moved(child, gone));
            case Shape.Limited(int child) -> new Shape.Limited(moved(child, gone));
            case Shape.Combined combined ->
                new Shape.Combined(combined.kind(), combined.count(), moved(combined.children(), gone));
        };
    }

    private static List<Integer> moved(List<Integer> shapes, int gone) {
        return shapes.stream()
                .filter(shape -> shape != gone)
                .map(shape -> moved(shape, gone))
                .toList();
    }

    private static int moved(int shape, int gone) {
        return shape > gone ? shape - 1 : shape;
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> rest = new ArrayList<>(list);
        rest.remove(index);
        return List.copyOf(rest);
    }
}
