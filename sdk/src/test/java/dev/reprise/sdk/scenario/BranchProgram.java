package dev.reprise.sdk.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random handler with branches. Numbers of promises are taken modulo how many there are when they are used. */
final class BranchProgram {
    private static final int STATEMENTS_MAX = 7;
    private static final int DEPTH_MAX = 3;

    /** What is begun without waiting for it. */
    enum Kind {
        RUN,
        FAILING_RUN,
        TIMER,
        CALL,
        FAILING_CALL,
        AWAKEABLE,
        SIGNAL
    }

    /** How promises are made of promises. */
    enum How {
        ALL,
        ALL_SETTLED,
        RACE,
        ANY,
        TIMEOUT,
        AT_LEAST
    }

    /** When a scope is over. */
    enum Joining {
        ALL,
        ANY,
        AWAIT_ALL,
        UNTIL_FAILED
    }

    /** What a task does, in order. */
    record Block(List<Statement> statements) {
        @Override
        public String toString() {
            return String.join("\n", lines(""));
        }

        private List<String> lines(String indent) {
            List<String> lines = new ArrayList<>();
            for (Statement statement : statements) {
                if (statement instanceof Statement.Fork(int number, Block body)) {
                    lines.add(indent + "fork " + number);
                    lines.addAll(body.lines(indent + "    "));
                } else if (statement instanceof Statement.Several several) {
                    lines.add(indent + several.head());
                    for (Block body : several.bodies()) {
                        lines.add(indent + "  -");
                        lines.addAll(body.lines(indent + "    "));
                    }
                } else {
                    lines.add(indent + statement);
                }
            }
            return lines;
        }
    }

    /** One thing a task does. */
    sealed interface Statement {
        record Step(int number) implements Statement {}

        record Draw() implements Statement {}

        record Begin(Kind kind, int number) implements Statement {}

        record Fork(int number, Block body) implements Statement {}

        record Await(int which) implements Statement {}

        record Cancel(int which) implements Statement {}

        record Ask(int which) implements Statement {}

        record Combine(How how, List<Integer> which, boolean cancelsLosers) implements Statement {}

        /** Its function awaits a run, or only begins one. */
        record Map(int which, int number, boolean waits) implements Statement {}

        record Then(int which, int number) implements Statement {}

        /** One that has bodies. */
        sealed interface Several extends Statement {
            List<Block> bodies();

            String head();
        }

        record Scoped(Joining joining, boolean timed, List<Block> bodies) implements Several {
            @Override
            public String head() {
                return "scope " + joining + (timed ? " timed" : "");
            }
        }

        record MapItems(int items, int limit, boolean settled, List<Block> bodies) implements Several {
            @Override
            public String head() {
                return "map " + items + " items, " + limit + " at a time" + (settled ? ", settled" : "");
            }
        }

        record Hedged(int copies, List<Block> bodies) implements Several {
            @Override
            public String head() {
                return "hedge " + copies;
            }
        }

        record Retried(int tries, List<Block> bodies) implements Several {
            @Override
            public String head() {
                return "retry " + tries;
            }
        }

        record Undone(int number, List<Block> bodies) implements Several {
            @Override
            public String head() {
                return "saga " + number;
            }
        }

        record Fail() implements Statement {}
    }

    private final Random random;
    private final boolean isPlain;
    private int numbers;

    private BranchProgram(Random random, boolean isPlain) {
        this.random = random;
        this.isPlain = isPlain;
    }

    static Block draw(long seed) {
        return new BranchProgram(new Random(seed), false).block(0);
    }

    /** One without random numbers, without signals of one name, and whose functions await nothing. */
    static Block drawPlain(long seed) {
        return new BranchProgram(new Random(seed), true).block(0);
    }

    private Block block(int depth) {
        List<Statement> statements = new ArrayList<>();
        int size = 1 + random.nextInt(STATEMENTS_MAX);
        for (int i = 0; i < size; i++) {
            statements.add(statement(depth));
        }
        if (depth == 0) {
            statements.add(new Statement.Await(random.nextInt(100)));
        }
        return new Block(List.copyOf(statements));
    }

    private Kind kind() {
        return Kind.values()[random.nextInt(Kind.values().length - (isPlain ? 1 : 0))];
    }

    private List<Block> blocks(int count, int depth) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(depth < DEPTH_MAX ? block(depth + 1) : new Block(List.of(new Statement.Step(numbers++))));
        }
        return List.copyOf(blocks);
    }

    private Statement statement(int depth) {
        return switch (random.nextInt(24)) {
            case 0, 1 -> new Statement.Step(numbers++);
            case 2 -> isPlain ? new Statement.Step(numbers++) : new Statement.Draw();
            case 3, 4, 5, 6 -> new Statement.Begin(kind(), numbers++);
            case 7, 8, 9, 10 ->
                depth < DEPTH_MAX ? new Statement.Fork(numbers++, block(depth + 1)) : new Statement.Step(numbers++);
            case 11, 12, 13 -> new Statement.Await(random.nextInt(100));
            case 14 -> new Statement.Cancel(random.nextInt(100));
            case 15 -> new Statement.Ask(random.nextInt(100));
            case 16, 17 ->
                new Statement.Combine(
                        How.values()[random.nextInt(How.values().length)],
                        random.ints(1 + random.nextInt(3), 0, 100).boxed().toList(),
                        random.nextBoolean());
            case 18 -> new Statement.Map(random.nextInt(100), numbers++, !isPlain);
            case 19 -> new Statement.Then(random.nextInt(100), numbers++);
            case 20 ->
                new Statement.Scoped(
                        Joining.values()[random.nextInt(Joining.values().length)],
                        random.nextInt(4) == 0,
                        blocks(random.nextInt(4), depth));
            case 21 ->
                new Statement.MapItems(
                        random.nextInt(4), 1 + random.nextInt(3), random.nextBoolean(), blocks(1, depth));
            case 22 ->
                switch (random.nextInt(3)) {
                    case 0 -> new Statement.Hedged(1 + random.nextInt(3), blocks(1, depth));
                    case 1 -> new Statement.Retried(1 + random.nextInt(2), blocks(1, depth));
                    default -> new Statement.Undone(numbers++, blocks(1, depth));
                };
            default -> random.nextInt(4) == 0 ? new Statement.Fail() : new Statement.Step(numbers++);
        };
    }
}
