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
 *   place ──a──► place ──b──► place ──c──► end          the first order, with a crash at each place
 *     │            └─────c──► place ──b──► end          driven from the beginning, crashes from the fork on
 *     └───b──► place ─ …                                a sleeps here if it commutes with b: this leads to nothing new
 * </pre>
 *
 * <p>At a place, an event that has been explored <em>sleeps</em> while others are, until one of them has to do with it.
 * Where everything that can happen sleeps, an order is cut: others that were driven lead to the same.
 */
final class Exploration {
    /** A point at which a handler waits. */
    private static final class Place {
        private final List<Event> possible;
        private final Map<Event, Footprint> sleeping;
        private final List<Command> commands;
        private final Map<Event, Footprint> explored = new LinkedHashMap<>();
        /** Next comes what cannot come after a crash here: a closure that the replay does not start yet. */
        private boolean withoutCrash;

        private @Nullable Event taken;
        private @Nullable Footprint footprint;

        Place(Course course, Map<Event, Footprint> sleeping) {
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
    private final List<Place> path = new ArrayList<>();
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

    /** Drives one order; whether it came to its end, or must be driven again up to its last place. */
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

    /** Drives the path to its last place, as before. */
    private void followPath(Course course) {
        for (int i = 0; i < path.size(); i++) {
            Place place = path.get(i);
            if (!course.commands().equals(place.commands)) {
                throw new Violation(
                        Kind.REPLAY,
                        "Driven through the same order again, it has done something else. Before: "
                                + texts(place.commands) + "; now: " + texts(course.commands()) + ".");
            }
            if (i < path.size() - 1 && place.taken != null) {
                course.perform(place.taken);
            }
        }
    }

    private static String texts(List<Command> commands) {
        return String.join(", ", commands.stream().map(OrderText::of).toList());
    }

    private boolean explore(Course course) {
        if (path.isEmpty()) {
            path.add(new Place(course, Map.of()));
        }
        while (!course.hasEnded()) {
            Place place = path.getLast();
            if (place.possible.stream().allMatch(Event::isFault)) {
                throw course.stuck();
            }
            Optional<Event> next = place.next();
            if (next.isEmpty()) {
                cut++;
                return true;
            }
            if (setting.crashes && !place.withoutCrash) {
                course.perform(Event.CRASH);
                if (!course.possible().contains(next.get())) {
                    place.withoutCrash = true;
                    return false;
                }
            }
            place.withoutCrash = false;
            Footprint footprint = course.perform(next.get());
            place.taken = next.get();
            place.footprint = footprint;
            path.add(new Place(course, reducing ? place.sleepingBehind(footprint) : Map.of()));
        }
        course.check();
        orders++;
        ends.accept(course);
        return true;
    }

    /** Returns to the last place from which another order branches off. */
    private boolean goBack() {
        while (!path.isEmpty()) {
            Place place = path.getLast();
            if (place.taken != null && place.footprint != null) {
                place.explored.put(place.taken, place.footprint);
                place.taken = null;
                if (place.next().isPresent()) {
                    return true;
                }
            }
            path.removeLast();
        }
        return false;
    }
}
