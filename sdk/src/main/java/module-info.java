import org.jspecify.annotations.NullMarked;

/** Handlers, contexts and promises. */
@NullMarked
@SuppressWarnings("module") // the modules that some packages are exported to come later in the build
module dev.reprise.sdk {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.protocol;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires transitive java.net.http;
    requires transitive org.slf4j;

    exports dev.reprise.sdk;
    exports dev.reprise.sdk.annotation;
    exports dev.reprise.sdk.attempt to
            dev.reprise.embedded,
            dev.reprise.endpoint,
            dev.reprise.simulator,
            dev.reprise.testkit;
    exports dev.reprise.sdk.client;
    exports dev.reprise.sdk.explore to
            dev.reprise.testkit;
    exports dev.reprise.sdk.handler to
            dev.reprise.embedded,
            dev.reprise.endpoint,
            dev.reprise.simulator,
            dev.reprise.testkit;
    exports dev.reprise.sdk.run;
    exports dev.reprise.sdk.serde;
    exports dev.reprise.sdk.service;
}
