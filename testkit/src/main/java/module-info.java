import org.jspecify.annotations.NullMarked;

/** The simulator, and its parts for users' tests. */
@NullMarked
module dev.reprise.testkit {
    requires static transitive org.jspecify;
    requires dev.reprise.embedded;

    exports dev.reprise.testkit.sim;
}
