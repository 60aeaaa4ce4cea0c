package dev.reprise.testkit.orders;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a wrong order smaller. An order is a list of wishes: each one is granted if it is possible when its turn comes,
 * and whatever is left comes in the order in which it was requested. So removing a wish brings the order closer to the
 * usual one.
 */
final class Shrinking {
    private static final int TRIES_MAX = 2_000;

    private final OrderSetting setting;
    private final boolean lazyState;
    private int tries;

    /** What is wrong, and everything that happened until then. */
    record Wrong(Violation violation, List<Event> events, List<String> timeline) {}

    Shrinking(OrderSetting setting, boolean lazyState) {
        this.setting = setting;
        this.lazyState = lazyState;
    }

    /** The smallest order found that is wrong in the same way; null if even {@code events} is no longer wrong. */
    @Nullable
    Wrong shrink(List<Event> events, Violation.Kind kind) {
        Wrong best = drive(events);
        if (best == null || best.violation().kind() != kind) {
            return null;
        }
        List<Event> wishes = new ArrayList<>(events);
        for (int size = wishes.size(); size > 0; size /= 2) {
            boolean smaller = true;
            while (smaller && tries < TRIES_MAX) {
                smaller = false;
                for (int from = wishes.size() - size; from >= 0; from -= size) {
                    List<Event> fewer = new ArrayList<>(wishes.subList(0, from));
                    fewer.addAll(wishes.subList(Math.min(from + size, wishes.size()), wishes.size()));
                    Wrong wrong = drive(fewer);
                    if (wrong != null && wrong.violation().kind() == kind) {
                        best = wrong;
                        wishes = fewer;
                        smaller = true;
                    }
                    from = Math.min(from, wishes.size());
                }
            }
        }
        return best;
    }

    /** What is wrong with an order; null if nothing is. */
    @Nullable
    Wrong drive(List<Event> wishes) {
        tries++;
        try (Course course = new Course(setting, lazyState)) {
            try {
                course.begin();
                for (Event wish : wishes) {
                    if (!course.hasEnded()
                            && (wish.equals(Event.CRASH) || course.possible().contains(wish))) {
                        course.perform(wish);
                    }
                }
                finish(course);
                course.check();
                return null;
            } catch (Violation violation) {
                return new Wrong(violation, List.copyOf(course.events()), List.copyOf(course.timeline()));
            }
        }
    }

    private static void finish(Course course) {
        while (!course.hasEnded()) {
            List<Event> possible = course.possible().stream()
                    .filter(event -> !event.isFault() && !event.equals(Event.CANCEL))
                    .toList();
            if (possible.isEmpty()) {
                throw course.stuck();
            }
            course.perform(possible.getFirst());
        }
    }
}
