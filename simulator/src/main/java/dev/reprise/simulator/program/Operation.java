package dev.reprise.simulator.program;

import dev.reprise.sdk.RestatePromise;

/** Something a random handler does, as a promise of a text; and how that may end. */
interface Operation {
    RestatePromise<String> start(Scene scene);

    Expected expected();

    /** Whether it ends for certain. */
    default boolean ends() {
        return true;
    }
}
