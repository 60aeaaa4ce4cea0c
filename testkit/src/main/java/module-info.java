import org.jspecify.annotations.NullMarked;

/** The simulator, and its parts for users' tests. */
@NullMarked
module dev.reprise.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.embedded;
    requires org.slf4j;
    requires static transitive org.junit.jupiter.api;

    exports dev.reprise.testkit;
    exports dev.reprise.testkit.sim;
}
