import org.jspecify.annotations.NullMarked;

/** Tests of services in JUnit, on the real engine in virtual time. */
@NullMarked
module dev.reprise.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.embedded;
    requires org.slf4j;
    requires static transitive org.junit.jupiter.api;

    exports dev.reprise.testkit;
    exports dev.reprise.testkit.orders;
}
