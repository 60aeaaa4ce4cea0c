package dev.reprise.sdk.promise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.AggregateException;
import dev.reprise.sdk.Choice.Alternative;
import dev.reprise.sdk.Completed;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.TimeoutException;
import dev.reprise.sdk.promise.PromiseProgram.Behaviour;
import dev.reprise.sdk.promise.PromiseProgram.Kind;
import dev.reprise.sdk.promise.PromiseProgram.Shape;
import dev.reprise.sdk.promise.PromiseProgram.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random programs must do what {@link ReferenceInterpreter} says, with each function run at most once. */
class RandomProgramsTest {
    /** More of them: {@code -Dsurefire.argLine=-Drandom.programs=1000000}. */
    private static final int PROGRAMS = Integer.getInteger("random.programs", 20_000);

    @Test
    void programs_random_doAsTheReferenceSays() {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            PromiseProgram program = PromiseProgram.draw(seed);
            if (differs(program)) {
                PromiseProgram smallest = Shrinking.shrink(program, RandomProgramsTest::differs);
                assertThat(outcome(smallest))
                        .as("seed %d, in short:%n%s", seed, smallest)
                        .isEqualTo(new ReferenceInterpreter(smallest).run());
            }
        }
    }

    @Test
    void shrinking_ofAProgram_leavesWhatMakesItFail() {
        Predicate<PromiseProgram> racesATimeout = program -> program.shapes().stream()
                .anyMatch(shape -> shape instanceof Shape.Combined combined
                        && combined.kind() == Kind.RACE
                        && combined.children().stream()
                                .anyMatch(child -> program.shapes().get(child) instanceof Shape.Limited));
        PromiseProgram found = LongStream.range(0, PROGRAMS)
                .mapToObj(PromiseProgram::draw)
                .filter(racesATimeout)
                .findFirst()
                .orElseThrow();
        assertThat(Shrinking.shrink(found, racesATimeout))
                .hasToString("p0 = single\np1 = p0.orTimeout\np2 = RACE(p1)\nnotifications: ");
    }

    private static boolean differs(PromiseProgram program) {
        return !outcome(program).equals(new ReferenceInterpreter(program).run());
    }

    private static List<String> outcome(PromiseProgram program) {
        Run run = new Run(program);
        List<String> seen = new ArrayList<>();
        run.script.graph.run(() -> seen.addAll(run.run()));
        return seen;
    }

    /** The program on the real promises. */
    private static final class Run {
        private final PromiseProgram program;
        private final Script script = new Script();
        private final List<RestatePromise<String>> promises = new ArrayList<>();
        private final Map<Integer, Integer> executions = new HashMap<>();

        Run(PromiseProgram program) {
            this.program = program;
            for (int shape : program.order()) {
                if (program.shapes().get(shape) instanceof Shape.Limited) {
                    script.then(Script.TIMERS + program.timersBefore(shape));
                } else if (program.failing().contains(shape)) {
                    script.thenFails(shape);
                } else {
                    script.then(shape);
                }
            }
        }

        List<String> run() {
            List<String> lines = new ArrayList<>();
            try {
                for (Step step : program.steps()) {
                    switch (step.act()) {
                        case MAKES -> promises.add(make(step.shape()));
                        case AWAITS -> await(promises.get(step.shape()), lines);
                        case ITERATES ->
                            iterate((Shape.Combined) program.shapes().get(step.shape()), lines);
                    }
                }
            } catch (Script.Waits e) {
                lines.add("waits");
            }
            if (executions.values().stream().anyMatch(times -> times > 1)) {
                lines.add("a function ran twice");
            }
            return lines;
        }

        private RestatePromise<String> make(int shape) {
            return switch (program.shapes().get(shape)) {
                case Shape.Single() -> script.single(shape);
                case Shape.Function(boolean onFailure, Behaviour behaviour, int child) ->
                    onFailure
                            ? promises.get(child).recover(e -> apply(shape, behaviour, text(e)))
                            : promises.get(child).map(value -> apply(shape, behaviour, value));
                case Shape.Limited(int child) -> promises.get(child).orTimeout(Duration.ofSeconds(1));
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
                case WAIT_COMPLETED ->
                    RestatePromise.waitCompleted(combined.count(), children)
                            .map(completed -> "done " + places(children, completed));
                case SELECT -> RestatePromise.select(alternatives(children));
            };
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private static Alternative<?, String>[] alternatives(List<RestatePromise<String>> children) {
            Alternative<?, String>[] alternatives = new Alternative[children.size()];
            for (int i = 0; i < alternatives.length; i++) {
                String name = "s" + i;
                alternatives[i] = RestatePromise.when(children.get(i), value -> name + "(" + value + ")");
            }
            return alternatives;
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

        private static String places(List<RestatePromise<String>> children, Completed<String> completed) {
            return completed.done().stream()
                    .map(done -> String.valueOf(children.indexOf(done)))
                    .collect(Collectors.joining(","));
        }

        private static String text(TerminalException e) {
            return switch (e) {
                case AggregateException aggregate ->
                    "none of " + aggregate.errors().size();
                case TimeoutException ignored -> "timeout";
                default -> e.getMessage();
            };
        }

        private void await(RestatePromise<String> promise, List<String> lines) {
            try {
                lines.add("VALUE " + promise.await() + " @" + script.taken());
            } catch (TerminalException e) {
                lines.add("FAILURE " + text(e) + " @" + script.taken());
            } catch (IllegalStateException e) {
                lines.add("BREAKAGE " + e.getMessage() + " @" + script.taken());
            }
        }

        private void iterate(Shape.Combined combined, List<String> lines) {
            List<RestatePromise<String>> children =
                    combined.children().stream().map(promises::get).toList();
            for (RestatePromise<String> next : RestatePromise.asCompleted(children)) {
                lines.add("next " + children.indexOf(next) + " @" + script.taken());
            }
        }
    }
}
