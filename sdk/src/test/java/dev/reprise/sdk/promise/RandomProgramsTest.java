package dev.reprise.sdk.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.PromiseProgram.Behaviour;
import dev.reprise.sdk.promise.PromiseProgram.Shape;
import dev.reprise.sdk.promise.PromiseProgram.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random programs must do what {@link ReferenceInterpreter} says, with each function run at most once. */
class RandomProgramsTest {
    private static final int PROGRAMS = 20_000;

    @Test
    void programs_random_doAsTheReferenceSays() {
        LongStream.range(0, PROGRAMS).forEach(seed -> {
            PromiseProgram program = PromiseProgram.draw(seed);
            Run run = new Run(program);
            assertThat(ScopedValue.where(PromiseGraph.CURRENT, run.script.graph).call(run::run))
                    .as("seed %d: %s", seed, program)
                    .isEqualTo(new ReferenceInterpreter(program).run());
        });
    }

    /** The program on the real promises. */
    private static final class Run {
        private final PromiseProgram program;
        private final Script script = new Script();
        private final List<RestatePromise<String>> promises = new ArrayList<>();
        private final Map<Integer, Integer> executions = new HashMap<>();

        Run(PromiseProgram program) {
            this.program = program;
            for (int single : program.order()) {
                if (program.failing().contains(single)) {
                    script.thenFails(single);
                } else {
                    script.then(single);
                }
            }
        }

        List<String> run() {
            List<String> lines = new ArrayList<>();
            for (Step step : program.steps()) {
                if (!step.awaits()) {
                    promises.add(make(step.shape()));
                } else if (!await(promises.get(step.shape()), lines)) {
                    break;
                }
            }
            assertThat(executions.values()).allMatch(times -> times == 1);
            return lines;
        }

        private RestatePromise<String> make(int shape) {
            return switch (program.shapes().get(shape)) {
                case Shape.Single() -> script.single(shape);
                case Shape.Function(boolean onFailure, Behaviour behaviour, int child) ->
                    onFailure
                            ? promises.get(child).recover(e -> apply(shape, behaviour, text(e)))
                            : promises.get(child).map(value -> apply(shape, behaviour, value));
                case Shape.Combined combined -> combine(combined);
            };
        }

        private String apply(int shape, Behaviour behaviour, String argument) {
            executions.merge(shape, 1, Integer::sum);
            return switch (behaviour) {
                case GIVES -> "f(" + argument + ")";
                case FAILS -> throw new TerminalException("f(" + argument + ")");
                case BREAKS -> throw new IllegalStateException("bug");
            };
        }

        private RestatePromise<String> combine(Shape.Combined combined) {
            List<RestatePromise<String>> children =
                    combined.children().stream().map(promises::get).toList();
            // making strings of the results would need functions, which settle no later than what they are applied to
            return switch (combined.kind()) {
                case ALL -> RestatePromise.all(children).map(values -> "[" + String.join(",", values) + "]");
                case ANY -> RestatePromise.any(children);
                case RACE -> RestatePromise.race(children);
                case ALL_SETTLED -> RestatePromise.allSettled(children).map(Run::texts);
                case WAIT_FOR_ONE ->
                    RestatePromise.waitCompleted(1, children).map(completed -> "done " + place(children, completed));
            };
        }

        private static String texts(List<Settled<String>> endings) {
            List<String> texts = new ArrayList<>();
            for (Settled<String> ending : endings) {
                texts.add(
                        switch (ending) {
                            case Settled.Fulfilled<String>(String value) -> value;
                            case Settled.Rejected<String>(TerminalException reason) -> text(reason);
                        });
            }
            return "[" + String.join(",", texts) + "]";
        }

        private static int place(List<RestatePromise<String>> children, Completed<String> completed) {
            return Collections.indexOfSubList(children, completed.done());
        }

        private static String text(TerminalException e) {
            return e instanceof AggregateException aggregate
                    ? "none of " + aggregate.errors().size()
                    : e.getMessage();
        }

        private boolean await(RestatePromise<String> promise, List<String> lines) {
            try {
                lines.add("VALUE " + promise.await() + " @" + script.taken());
            } catch (TerminalException e) {
                lines.add("FAILURE " + text(e) + " @" + script.taken());
            } catch (IllegalStateException e) {
                lines.add("BREAKAGE " + e.getMessage() + " @" + script.taken());
            } catch (Script.Waits e) {
                lines.add("waits");
                return false;
            }
            return true;
        }
    }
}
