package dev.reprise.interop.corpus;

import dev.reprise.interop.corpus.Tasks.Pending;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The programs of the engine's crash tests. What they give does not depend on timing, nor what they leave in the
 * journal: every step has ended when the handler ends.
 */
final class Corpus {
    private static final int SIZE = 3;

    /** What a handler does. */
    interface Program {
        <P> String run(Tasks<P> tasks);
    }

    private static final Map<String, Program> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("sequence", Corpus::sequence),
            Map.entry("all", Corpus::all),
            Map.entry("allRejected", Corpus::allRejected),
            Map.entry("any", Corpus::any),
            Map.entry("race", Corpus::race),
            Map.entry("timeout", Corpus::timeout),
            Map.entry("allSettled", Corpus::allSettled),
            Map.entry("select", Corpus::select),
            Map.entry("asCompleted", Corpus::asCompleted),
            Map.entry("waitCompleted", Corpus::waitCompleted),
            Map.entry("nested", Corpus::nested),
            Map.entry("sharedTwice", Corpus::sharedTwice),
            Map.entry("calls", Corpus::calls),
            Map.entry("awakeable", Corpus::awakeable),
            Map.entry("sleep", Corpus::sleep)));

    private Corpus() {}

    static Map<String, Program> all() {
        return ALL;
    }

    private static <P> List<P> many(Tasks<P> tasks, String prefix) {
        return IntStream.range(0, SIZE).mapToObj(i -> tasks.ok(prefix + i)).toList();
    }

    private static <P> String sequence(Tasks<P> tasks) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < SIZE; i++) {
            result.append(tasks.await(tasks.ok("s" + i)));
        }
        return result.toString();
    }

    private static <P> String all(Tasks<P> tasks) {
        return tasks.await(tasks.all(many(tasks, "a")));
    }

    private static <P> String allRejected(Tasks<P> tasks) {
        return tasks.awaitOr(tasks.all(List.of(tasks.never(), tasks.fails("bad"))), "rejected");
    }

    private static <P> String any(Tasks<P> tasks) {
        P bad = tasks.fails("bad");
        String good = tasks.awaitAny(List.of(bad, tasks.never(), tasks.ok("good")));
        return good + " and " + tasks.awaitOr(bad, "rejected");
    }

    private static <P> String race(Tasks<P> tasks) {
        return tasks.await(tasks.race(List.of(tasks.never(), tasks.ok("fast"))));
    }

    private static <P> String timeout(Tasks<P> tasks) {
        return tasks.awaitOr(tasks.orTimeout(tasks.never(), Duration.ofMillis(5)), "late");
    }

    private static <P> String allSettled(Tasks<P> tasks) {
        return tasks.await(tasks.allSettled(List.of(tasks.ok("x"), tasks.fails("y"), tasks.ok("z"))));
    }

    private static <P> String select(Tasks<P> tasks) {
        return tasks.await(tasks.select(tasks.never(), tasks.ok("b")));
    }

    private static <P> String asCompleted(Tasks<P> tasks) {
        int length = 0;
        Iterator<String> completed = tasks.asCompleted(many(tasks, "c"));
        while (completed.hasNext()) {
            length += completed.next().length();
        }
        return "" + length;
    }

    private static <P> String waitCompleted(Tasks<P> tasks) {
        return tasks.awaitCompleted(1, List.of(tasks.ok("w"), tasks.never())) + " pending";
    }

    private static <P> String nested(Tasks<P> tasks) {
        P first = tasks.race(List.of(tasks.never(), tasks.ok("good")));
        return tasks.await(tasks.all(List.of(first, tasks.all(many(tasks, "n")))));
    }

    private static <P> String sharedTwice(Tasks<P> tasks) {
        P shared = tasks.ok("shared");
        String first = tasks.await(tasks.race(List.of(shared, tasks.never())));
        return first + tasks.await(tasks.all(List.of(shared, shared))) + tasks.await(shared);
    }

    private static <P> String calls(Tasks<P> tasks) {
        return tasks.await(tasks.all(List.of(tasks.call("all"), tasks.call("race"))));
    }

    private static <P> String awakeable(Tasks<P> tasks) {
        Pending<P> own = tasks.awakeable();
        tasks.await(tasks.ok("before"));
        tasks.resolve(own.id(), "resolved");
        return tasks.await(own.promise());
    }

    private static <P> String sleep(Tasks<P> tasks) {
        return tasks.await(tasks.all(List.of(tasks.timer(Duration.ofMillis(3)), tasks.ok("beside"))));
    }
}
