package dev.reprise.testkit.orders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An order in which a handler does something wrong. Its message shows the smallest such order found, line by line. */
public final class OrderFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> timeline;

    OrderFailure(Shrinking.Wrong wrong, String heading, Path file) {
        super(
                wrong.violation().getMessage() + "\n" + heading + "\n  " + String.join("\n  ", wrong.timeline())
                        + "\nTo see it again, as at a breakpoint: replay(\"" + file + "\")",
                wrong.violation().getCause() == null
                        ? wrong.violation()
                        : wrong.violation().getCause());
        this.timeline = new ArrayList<>(wrong.timeline());
    }

    /** What happened in the smallest order found, line by line. */
    public List<String> timeline() {
        return List.copyOf(timeline);
    }
}
