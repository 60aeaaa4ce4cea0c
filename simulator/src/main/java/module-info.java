import org.jspecify.annotations.NullMarked;

/** The whole engine and its faults in one thread, drawn from a seed. It is run, and nobody imports it. */
@NullMarked
module dev.reprise.simulator {
    requires static org.jspecify;
    requires dev.reprise.engine;
    requires dev.reprise.sdk;
}
