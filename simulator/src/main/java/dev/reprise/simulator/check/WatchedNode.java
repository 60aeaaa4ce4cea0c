package dev.reprise.simulator.check;

import dev.reprise.engine.invoker.AttemptView;
import java.util.List;

/** A node as the checks see it: one run of an engine's process. */
public interface WatchedNode {
    /** A name that no other has. */
    String name();

    /** What runs there or waits to. */
    List<AttemptView> attempts();
}
