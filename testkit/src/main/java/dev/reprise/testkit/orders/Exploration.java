package dev.reprise.testkit.orders;

import dev.reprise.protocol.Command;
import dev.reprise.testkit.orders.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a handler through its orders, depth first.
 *
 * <pre>
 *   point ──a──► point ──b──► point ──c──► end          the first order, with a crash at each point
 *     │            └─────c──► point ──b──► end          driven from the beginning, crashes from the fork on
 *     └───b──► point ─ …                                a sleeps here if it commutes with b: this leads to nothing new
 * </pre>
 *
 * <p>At a point, an event that has been explored <em>sleeps</em> while others are, until one of them has to do with it.
 * Where everything that can happen sleeps, an order is cut: others that were driven lead to the same.
 */
final class Exploration {
    /** A point at which a handler waits and several events can come next. */
    private static final class WaitPoint {
        private final List<Event> possible;
        private final Map<Event, Footprint> sleeping;
        private final List<Command> commands;
        private final Map<Event, Footprint> explored = new LinkedHashMap<>();
        /** Next comes what cannot come after a crash here: a closure that the replay does not start yet. */
        private boolean withoutCrash;

        private @Nullable Event taken;
        private @Nullable Footprint footprint;

        WaitPoint(Course course, Map<Event, Footprint> sleeping) {
            this.possible = course.possible();
            this.sleeping = sleeping;
            this.commands = List.copyOf(course.commands());
        }

        Optional<Event> next() {
            return possible.stream()
                    .filter(event -> !sleeping.containsKey(event) && !explored.containsKey(event))
                    .findFirst();
        }

        /** What sleeps after it when it is left by an event with this footprint. */
        Map<Event, Footprint> sleepingBehind(Footprint left) {
            Map<Event, Footprint> behind = new LinkedHashMap<>();
            sleeping.forEach((event, other) -> keep(event, other, left, behind));
            explored.forEach((event, other) -> keep(event, other, left, behind));
            return behind;
        }

        private static void keep(Event event, Footprint one, Footprint other, Map<Event, Footprint> kept) {
            if (one.commutesWith(other)) {
                kept.put(event, one);
            }
        }
    }

    private final OrderSetting setting;
    private final boolean lazyState;
    private final boolean reducing;
    private final Consumer<Course> ends;
    private final List<WaitPoint> path = new ArrayList<>();
    private int orders;
    private int cut;
    private List<Event> failing = List.of();

    /**
     * An exploration.
     *
     * @param reducing whether to leave out orders that lead to the same result
     * @param ends called for each order that has come to its end
     */
    Exploration(OrderSetting setting, boolean lazyState, boolean reducing, Consumer<Course> ends) {
        this.setting = setting;
        this.lazyState = lazyState;
        this.reducing = reducing;
        this.ends = ends;
    }

    /**
     * Drives orders, up to a limit.
     *
     * @return whether there are no more
     * @throws Violation when one is wrong, see {@link #failing}
     */
    boolean run(int max) {
        for (int i = 0; i < max; i++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted after " + i + " orders");
            }
            if (drive() && !goBack()) {
                return true;
            }
        }
        return false;
    }

    int orders() {
        return orders;
    }

    int cut() {
        return cut;
    }

    /** The events of the wrong order. */
    List<Event> failing() {
        return failing;
    }

    /** Drives one order; whether it came to its end, or must be driven again up to its last point. */
    private boolean drive() {
        try (Course course = new Course(setting, lazyState)) {
            try {
                course.begin();
                followPath(course);
                return explore(course);
            } catch (Violation violation) {
                failing = List.copyOf(course.events());
                throw violation;
            }
        }
    }

    /** Drives the path to its last point, as before. */
    private void followPath(Course course) {
        for (int i = 0; i < path.size(); i++) {
            WaitPoint point = path.get(i);
            if (!course.commands().equals(point.commands)) {
                throw new Violation(
                        Kind.REPLAY,
                        "Driven through the same order again, it has done something else. Before: "
                                + texts(point.commands) + "; now: " + texts(course.commands()) + ".");
            }
            if (i < path.size() - 1 && point.taken != null) {
                course.perform(point.taken);
            }
        }
    }

    private static String texts(List<Command> commands) {
        return String.join(", ", commands.stream().map(OrderText::of).toList());
    }

    private boolean explore(Course course) {
        if (path.isEmpty()) {
            path.add(new WaitPoint(course, Map.of()));
        }
        while (!course.hasEnded()) {
            WaitPoint point = path.getLast();
            if (point.possible.stream().allMatch(Event::isFault)) {
                throw course.stuck();
            }
            Optional<Event> next = point.next();
            if (next.isEmpty()) {
                cut++;
                return true;
            }
            if (setting.crashes && !point.withoutCrash) {
                course.perform(Event.CRASH);
                if (!course.possible().contains(next.get())) {
                    point.withoutCrash = true;
                    return false;
                }
            }
            point.withoutCrash = false;
            Footprint footprint = course.perform(next.get());
            point.taken = next.get();
            point.footprint = footprint;
            path.add(new WaitPoint(course, reducing ? point.sleepingBehind(footprint) : Map.of()));
        }
        course.check();
        orders++;
        ends.accept(course);
        return true;
    }

    /** Returns to the last point from which another order branches off. */
    private boolean goBack() {
        while (!path.isEmpty()) {
            WaitPoint point = path.getLast();
            if (point.taken != null && point.footprint != null) {
                point.explored.put(point.taken, point.footprint);
                point.taken = null;
                if (point.next().isPresent()) {
                    return true;
                }
            }
            path.removeLast();
        }
        return false;
    }
}
