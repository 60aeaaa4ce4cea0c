import org.jspecify.annotations.NullMarked;

/** Engine and handlers in one JVM. */
@NullMarked
module dev.reprise.embedded {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.sdk;
    requires transitive dev.reprise.engine;
    requires org.slf4j;
    requires static java.management;

    exports dev.reprise.embedded;

    uses dev.reprise.engine.AdminProvider;
}
