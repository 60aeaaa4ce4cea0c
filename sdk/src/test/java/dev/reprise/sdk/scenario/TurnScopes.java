package dev.reprise.sdk.scenario;

import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import dev.reprise.sdk.scenario.BranchProgram.Block;
import dev.reprise.sdk.scenario.BranchProgram.Joining;
import dev.reprise.sdk.scenario.BranchProgram.Statement;
import dev.reprise.sdk.scenario.TurnPromise.Ending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has bodies: scopes, and what is made of them, in one task of the {@link TurnModel}. */
final class TurnScopes {
    private final TurnProgram program;
    private final TurnModel model;
    private final TurnTask task;
    private final String label;

    TurnScopes(TurnProgram program, TurnModel model, TurnTask task, String label) {
        this.program = program;
        this.model = model;
        this.task = task;
        this.label = label;
    }

    void several(Statement.Several several, Consumer<Ending> then) {
        switch (several) {
            case Statement.Scoped scoped -> scoped(scoped, then);
            case Statement.MapItems items -> new Items(items).begin(then);
            case Statement.Hedged hedged -> new Copies(hedged).begin(then);
            case Statement.Retried(int tries, List<Block> bodies) -> retry(1, tries, bodies.getFirst(), then);
            case Statement.Undone(int number, List<Block> bodies) ->
                new Undoing().begin(number, bodies.getFirst(), then);
        }
    }

    private static boolean isFailure(Ending ending) {
        return !(ending instanceof Ending.Value);
    }

    // -- scopes

    private final class Scope {
        private final Joining joining;
        private final List<TurnPromise> branches = new ArrayList<>();
        private @Nullable TurnPromise timer;
        private @Nullable TurnPromise first;
        private boolean isOver;
        private boolean isJoined;

        Scope(Joining joining) {
            this.joining = joining;
        }

        TurnPromise fork(String name, Block body) {
            TurnPromise[] branch = new TurnPromise[1];
            branch[0] = program.fork(name, body, () -> settled(branch[0]));
            return added(branch[0]);
        }

        TurnPromise added(TurnPromise branch) {
            branches.add(branch);
            if (isOver) {
                model.cancelAll(List.of(branch));
            }
            return branch;
        }

        void settled(TurnPromise branch) {
            if (isOver) {
                return;
            }
            boolean success = branch.succeeded();
            boolean decides = switch (joining) {
                case ALL, UNTIL_FAILED -> !success;
                case ANY -> success;
                case AWAIT_ALL -> false;
            };
            if (first == null || decides) {
                first = branch;
            }
            if (decides) {
                cancel();
            }
        }

        void cancel() {
            isOver = true;
            model.cancelAll(branches);
        }

        void join(Consumer<Ending> then) {
            if (branches.isEmpty()) {
                isJoined = true;
                then.accept(result());
                return;
            }
            TurnPromise all = model.settled(branches);
            TurnPromise awaited = timer == null ? all : model.firstOf(1, List.of(all, timer));
            model.await(task, awaited, ending -> {
                if (isFailure(ending)) {
                    then.accept(ending);
                    return;
                }
                isJoined = true;
                if (!all.isOver()) {
                    cancel();
                    if (joining != Joining.UNTIL_FAILED) {
                        then.accept(new Ending.Failed(new TimeoutException("The scope's time is over.")));
                        return;
                    }
                }
                then.accept(result());
            });
        }

        private Ending result() {
            boolean failed = first != null && !first.succeeded();
            return switch (joining) {
                case ALL ->
                    failed && isOver
                            ? Objects.requireNonNull(Objects.requireNonNull(first).ending)
                            : new Ending.Value(branches.size() + " joined");
                case ANY ->
                    first == null
                            ? new Ending.Refused("Expected a branch that can succeed, found that none was forked.")
                            : Objects.requireNonNull(first.ending);
                case AWAIT_ALL -> new Ending.Value("null");
                case UNTIL_FAILED -> new Ending.Value(branches.size() + " joined");
            };
        }

        /** Leaves the scope with what its block has ended with. */
        void close(Ending ending, Consumer<Ending> then) {
            cancel();
            model.awaitEnds(
                    task,
                    branches,
                    null,
                    failure -> then.accept(isFailure(ending) || failure == null ? ending : failure));
        }

        void joinAndClose(Consumer<Ending> then) {
            join(ending -> close(ending, then));
        }
    }

    private void scoped(Statement.Scoped scoped, Consumer<Ending> then) {
        Scope scope = new Scope(scoped.joining());
        if (scoped.timed()) {
            scope.timer = model.sleep("scope");
        }
        for (int i = 0; i < scoped.bodies().size(); i++) {
            program.add(scope.fork(label + "/s" + i, scoped.bodies().get(i)));
        }
        scope.joinAndClose(then);
    }

    // -- bounded map

    private final class Items {
        private final Statement.MapItems items;
        private final List<String> results = new ArrayList<>();
        private final Scope scope = new Scope(Joining.ALL);

        Items(Statement.MapItems items) {
            this.items = items;
        }

        void begin(Consumer<Ending> then) {
            for (int i = 0; i < Math.min(items.limit(), items.items()); i++) {
                TurnPromise[] branch = new TurnPromise[1];
                branch[0] = model.fork(
                        () -> takeAll(Objects.requireNonNull(branch[0].branch)), () -> scope.settled(branch[0]));
                scope.added(branch[0]);
            }
            scope.joinAndClose(
                    ending -> then.accept(isFailure(ending) ? ending : new Ending.Value(results.toString())));
        }

        private void takeAll(TurnTask branch) {
            int place = results.size();
            if (place == items.items()) {
                model.branchEnds(branch, new Ending.Value(""));
                return;
            }
            results.add("");
            program.block(branch, label + "/item" + place, items.bodies().getFirst(), ending -> {
                if (items.settled()) {
                    results.set(place, isFailure(ending) ? "Rejected" : "Fulfilled");
                } else if (ending instanceof Ending.Value(String value)) {
                    results.set(place, value);
                } else {
                    model.branchEnds(branch, ending);
                    return;
                }
                takeAll(branch);
            });
        }
    }

    // -- hedge

    private final class Copies {
        private final Statement.Hedged hedged;
        private final Scope scope = new Scope(Joining.AWAIT_ALL);
        private final List<TurnPromise> open = new ArrayList<>();
        private final List<TerminalException> failures = new ArrayList<>();
        private @Nullable TurnPromise timer;
        private int started;

        Copies(Statement.Hedged hedged) {
            this.hedged = hedged;
        }

        void begin(Consumer<Ending> then) {
            start();
            awaitChange(then);
        }

        private void start() {
            open.add(scope.fork(label + "/copy", hedged.bodies().getFirst()));
            started++;
            if (timer != null) {
                model.cancelAll(List.of(timer));
            }
            timer = started < hedged.copies() ? model.sleep("hedge") : null;
        }

        private void awaitChange(Consumer<Ending> then) {
            List<TurnPromise> all = new ArrayList<>(open);
            if (timer != null) {
                all.add(timer);
            }
            model.await(task, model.firstOf(1, all), ending -> {
                if (isFailure(ending)) {
                    scope.close(ending, then);
                } else {
                    changed(then);
                }
            });
        }

        private void changed(Consumer<Ending> then) {
            boolean failed = false;
            for (TurnPromise copy : List.copyOf(open)) {
                if (copy.isOver() && copy.succeeded()) {
                    model.cancelAll(open);
                    Ending won = Objects.requireNonNull(copy.ending);
                    scope.join(ending -> scope.close(isFailure(ending) ? ending : won, then));
                    return;
                }
                if (copy.isOver()) {
                    failures.add(copy.reason());
                    open.remove(copy);
                    failed = true;
                }
            }
            boolean timeIsOver = timer != null && timer.isOver();
            if (started < hedged.copies() && (failed || timeIsOver)) {
                start();
                awaitChange(then);
            } else if (open.isEmpty()) {
                scope.close(new Ending.Failed(new AggregateException(failures)), then);
            } else {
                awaitChange(then);
            }
        }
    }

    // -- retry

    private void retry(int tried, int tries, Block body, Consumer<Ending> then) {
        Scope scope = new Scope(Joining.AWAIT_ALL);
        TurnPromise branch = scope.fork(label + "/try", body);
        scope.join(joined -> {
            Ending result = isFailure(joined) ? joined : Objects.requireNonNull(branch.ending);
            boolean failed = !isFailure(joined) && !branch.succeeded();
            scope.close(failed ? joined : result, closed -> {
                if (!failed || isFailure(closed)) {
                    then.accept(closed);
                } else if (tried == tries) {
                    then.accept(result);
                } else {
                    model.await(task, model.sleep(""), slept -> {
                        if (isFailure(slept)) {
                            then.accept(slept);
                        } else {
                            retry(tried + 1, tries, body, then);
                        }
                    });
                }
            });
        });
    }

    // -- saga

    private final class Undoing {
        private final Deque<String> undos = new ArrayDeque<>();

        void begin(int number, Block body, Consumer<Ending> then) {
            Consumer<Ending> end = ending -> {
                if (ending instanceof Ending.Failed) {
                    undo(() -> then.accept(ending));
                } else {
                    then.accept(ending);
                }
            };
            step(
                    label + " do " + number,
                    end,
                    () -> program.block(task, label, body, seen -> {
                        if (isFailure(seen)) {
                            end.accept(seen);
                        } else {
                            step(label + " do more " + number, end, () -> end.accept(seen));
                        }
                    }));
        }

        private void step(String name, Consumer<Ending> end, Runnable next) {
            TurnPromise run = model.run(name);
            undos.push("undo " + name);
            model.await(task, run, ending -> {
                if (TurnProgram.isCancelled(ending)) {
                    model.cancelAll(List.of(run));
                    end.accept(ending);
                } else if (isFailure(ending)) {
                    undos.pop();
                    end.accept(ending);
                } else {
                    next.run();
                }
            });
        }

        private void undo(Runnable then) {
            String next = undos.poll();
            if (next == null) {
                then.run();
            } else {
                shielded(model.run(next), () -> undo(then));
            }
        }

        private void shielded(TurnPromise undo, Runnable then) {
            model.await(task, undo, ending -> {
                if (TurnProgram.isCancelled(ending)) {
                    shielded(undo, then);
                } else {
                    then.run();
                }
            });
        }
    }
}
