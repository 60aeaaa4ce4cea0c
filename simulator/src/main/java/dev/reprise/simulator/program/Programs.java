package dev.reprise.simulator.program;

import dev.reprise.simulator.world.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Draws programs. The same argument gives the same program, so a handler needs to know nothing else. */
public final class Programs {
    private static final int OPERATIONS_MAX = 3;
    private static final int PARTS_MAX = 3;
    private static final int NESTING_MAX = 2;
    private static final int BOXES = 3;
    private static final int MILLIS_MAX = 400;

    private final Argument argument;
    private final Dice dice;
    private int names;

    private Programs(Argument argument) {
        this.argument = argument;
        this.dice = new Dice(argument.seed());
    }

    public static Program of(Argument argument) {
        return new Programs(argument).program();
    }

    /** A random box. */
    public static String box(Dice dice) {
        return "box" + dice.below(BOXES);
    }

    private Program program() {
        List<Operation> operations = new ArrayList<>();
        List<Boolean> late = new ArrayList<>();
        int count = dice.between(1, OPERATIONS_MAX);
        for (int i = 0; i < count; i++) {
            operations.add(ending(NESTING_MAX));
            late.add(dice.chance(0.3));
        }
        return new Program(operations, late, dice.chance(0.1), dice.pick(List.of(Undo.values())));
    }

    /** An operation that ends for certain. */
    private Operation ending(int nesting) {
        Operation operation = operation(nesting);
        while (!operation.ends()) {
            operation = operation(nesting);
        }
        return operation;
    }

    private Operation operation(int nesting) {
        if (nesting > 0 && dice.chance(0.4)) {
            return dice.chance(0.2)
                    ? new WaitOperations.InTime(operation(nesting - 1), millis())
                    : combination(nesting);
        }
        if (nesting > 0 && dice.chance(0.2)) {
            return new Forked(name("branch"), parts(nesting));
        }
        return dice.pick(single()).get();
    }

    private Operation combination(int nesting) {
        List<Operation> parts = parts(nesting);
        return new Combination(dice.pick(List.of(Combination.Kind.values())), parts);
    }

    private List<Operation> parts(int nesting) {
        List<Operation> parts = new ArrayList<>();
        int count = dice.between(1, PARTS_MAX);
        for (int i = 0; i < count; i++) {
            parts.add(operation(nesting - 1));
        }
        return parts;
    }

    private List<Supplier<Operation>> single() {
        List<Supplier<Operation>> choices = new ArrayList<>(List.of(
                () -> new RunOperations.Succeeding(name("run"), dice.chance(0.2) ? dice.between(1, 3) : 0),
                () -> new RunOperations.Large(name("large")),
                () -> new RunOperations.Failing(name("fail")),
                () -> new RunOperations.Trying(name("try"), dice.between(0, 3)),
                () -> new RunOperations.ByChance(name("chance")),
                () -> new WaitOperations.Sleeping(millis()),
                () -> new WaitOperations.Awoken(name("awoken"), dice.chance(0.3)),
                () -> new WaitOperations.AwokenByItself(name("own")),
                () -> new WaitOperations.Signalled(name("signal")),
                () -> new WaitOperations.SignalledOften(name("often"), dice.between(2, 4), dice.chance(0.5)),
                WaitOperations.Never::new,
                () -> new CallOperations.RunningFlow(name("flow")),
                () -> new CallOperations.LookingIntoBox(box(dice)),
                () -> new CallOperations.SendingToBox(name("send"), box(dice), millis())));
        if (argument.inBox()) {
            choices.add(() -> new StateOperation(name("state")));
        } else {
            choices.add(() -> new CallOperations.AddingToBox(name("add"), box(dice)));
        }
        if (argument.depth() > 0) {
            choices.addAll(calls());
        }
        return choices;
    }

    private List<Supplier<Operation>> calls() {
        return List.of(
                () -> new CallOperations.Calling(callee()),
                () -> new CallOperations.CallingTwice(name("twice"), callee()),
                () -> new CallOperations.SendingAndAttaching(name("attach"), callee(), millis()),
                () -> new CallOperations.Cancelling(name("cancel"), callee(), millis()));
    }

    private Argument callee() {
        return new Argument(dice.nextLong(), argument.depth() - 1, argument.inBox());
    }

    private int millis() {
        return dice.chance(0.3) ? 0 : dice.between(1, MILLIS_MAX);
    }

    private String name(String kind) {
        return kind + names++;
    }
}
