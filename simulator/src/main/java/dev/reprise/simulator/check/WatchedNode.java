package dev.reprise.simulator.check;

import dev.reprise.engine.invoker.AttemptView;
import java.util.List;

/** A node as the checks see it: one run of an engine's process. */
public interface WatchedNode {
    /** A name that no other node has. */
    String name();

    /** The attempts that run there or wait to run. */
    List<AttemptView> attempts();
}
