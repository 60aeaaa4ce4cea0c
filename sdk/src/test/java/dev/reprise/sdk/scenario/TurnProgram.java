package dev.reprise.sdk.scenario;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.scenario.BranchProgram.Block;
import dev.reprise.sdk.scenario.BranchProgram.How;
import dev.reprise.sdk.scenario.BranchProgram.Kind;
import dev.reprise.sdk.scenario.BranchProgram.Statement;
import dev.reprise.sdk.scenario.TurnPromise.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link BranchHandler} does, said again for the {@link TurnModel}: each statement is given what follows it. */
final class TurnProgram {
    private final TurnModel model;
    private final List<TurnPromise> promises = new ArrayList<>();

    TurnProgram(TurnModel model) {
        this.model = model;
    }

    /** What the handler issues, and how it ends. */
    List<String> play(Block program) {
        model.play(() -> block(model.handler, "", program, model::handlerEnds));
        return model.commands;
    }

    void block(TurnTask task, String label, Block block, Consumer<Ending> then) {
        statements(new Place(task, label, block, new ArrayList<>(), then), 0);
    }

    /** Where a block is executed. */
    record Place(TurnTask task, String label, Block block, List<String> seen, Consumer<Ending> then) {}

    private void statements(Place place, int index) {
        if (index == place.block.statements().size()) {
            place.then.accept(new Ending.Value(place.label + place.seen));
            return;
        }
        Runnable next = () -> statements(place, index + 1);
        Statement statement = place.block.statements().get(index);
        if (promises.isEmpty() && needsPromises(statement)) {
            next.run();
        } else {
            statement(place, statement, next);
        }
    }

    private static boolean needsPromises(Statement statement) {
        return switch (statement) {
            case Statement.Await await -> true;
            case Statement.Cancel cancel -> true;
            case Statement.Ask ask -> true;
            case Statement.Combine combine -> true;
            case Statement.Map map -> true;
            case Statement.Then then -> true;
            default -> false;
        };
    }

    private void statement(Place place, Statement statement, Runnable next) {
        String label = place.label;
        switch (statement) {
            case Statement.Step(int number) -> tell(place, label + " step " + number, next);
            case Statement.Await(int which) ->
                model.await(place.task, chosen(which), ending -> tell(place, label + " saw " + text(ending), next));
            case Statement.Ask(int which) ->
                tell(place, label + " settled " + chosen(which).isSettled(), next);
            case Statement.Several several ->
                new TurnScopes(this, model, place.task, label)
                        .several(
                                several,
                                ending -> tell(place, label + " " + several.head() + " " + text(ending), next));
            case Statement.Fail() ->
                place.then.accept(new Ending.Failed(new TerminalException(418, label + " failed")));
            case Statement.Cancel(int which) -> {
                model.cancelAll(List.of(chosen(which)));
                next.run();
            }
            case Statement.Fork(int number, Block body) -> {
                promises.add(fork(label + "/" + number, body, null));
                next.run();
            }
            case Statement.Begin(Kind kind, int number) -> {
                promises.add(begin(kind, label + number));
                next.run();
            }
            case Statement.Combine combine -> {
                promises.add(combine(combine));
                next.run();
            }
            case Statement.Map(int which, int number, boolean waits) -> {
                promises.add(mapped(chosen(which), value -> {
                    model.run(label + " map " + number);
                    return value + "!";
                }));
                next.run();
            }
            case Statement.Then(int which, int number) -> {
                TurnPromise then = model.combine(TurnPromise.Kind.THEN, List.of(chosen(which)));
                then.then = value -> model.run(label + " then " + number);
                promises.add(then);
                next.run();
            }
            case Statement.Draw() -> throw new IllegalArgumentException("not plain");
        }
    }

    TurnPromise fork(String name, Block body, @Nullable Runnable whenSettled) {
        TurnTask[] task = new TurnTask[1];
        TurnPromise promise =
                model.fork(() -> block(task[0], name, body, ending -> model.branchEnds(task[0], ending)), whenSettled);
        task[0] = Objects.requireNonNull(promise.branch);
        return promise;
    }

    void add(TurnPromise promise) {
        promises.add(promise);
    }

    /** What is recorded is named after what was seen. */
    private void tell(Place place, String what, Runnable next) {
        place.seen.add(what);
        model.await(place.task, model.run(what), ending -> {
            if (isCancelled(ending)) {
                place.seen.add("cancelled while telling");
            }
            next.run();
        });
    }

    static boolean isCancelled(Ending ending) {
        return ending instanceof Ending.Failed(TerminalException reason) && reason instanceof CancelledException;
    }

    private static String text(Ending ending) {
        if (isCancelled(ending)) {
            return "cancelled";
        }
        return switch (ending) {
            case Ending.Value(String value) -> value;
            case Ending.Failed(TerminalException reason) -> "failed " + reason.getMessage();
            case Ending.Refused(String why) -> "refused " + why;
        };
    }

    private TurnPromise chosen(int which) {
        return promises.get(which % promises.size());
    }

    private TurnPromise begin(Kind kind, String name) {
        return switch (kind) {
            case RUN, FAILING_RUN -> model.run("run " + name);
            case TIMER -> mapped(model.sleep(""), nothing -> "slept " + name);
            case CALL -> model.call("work", name);
            case FAILING_CALL -> model.call("fail", name);
            case AWAKEABLE -> model.awakeable();
            case SIGNAL -> throw new IllegalArgumentException("not plain");
        };
    }

    private TurnPromise mapped(TurnPromise source, Function<String, String> function) {
        TurnPromise map = model.combine(TurnPromise.Kind.MAP, List.of(source));
        map.map = function;
        return map;
    }

    private TurnPromise combine(Statement.Combine combine) {
        List<TurnPromise> children = combine.which().stream().map(this::chosen).toList();
        if (combine.how() == How.TIMEOUT) {
            return model.ready(model.combine(TurnPromise.Kind.TIMEOUT, List.of(children.getFirst(), model.sleep(""))));
        }
        TurnPromise made = model.combine(TurnPromise.Kind.valueOf(combine.how().name()), children);
        made.needed = children.size() / 2 + 1;
        model.ready(made);
        if (combine.cancelsLosers() && combine.how() != How.ALL && combine.how() != How.ALL_SETTLED) {
            model.cancelLosers(made);
        }
        return switch (combine.how()) {
            case ALL, AT_LEAST -> mapped(made, value -> value);
            case ALL_SETTLED -> mapped(made, value -> children.size() + " settled");
            case RACE, ANY, TIMEOUT -> made;
        };
    }
}
