/** Small services, and the demo. */
module dev.reprise.examples {
    requires static org.jspecify;
    requires transitive dev.reprise.embedded;
    requires dev.reprise.server;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires org.slf4j;

    exports dev.reprise.examples.patterns;
    exports dev.reprise.examples.trip;

    opens dev.reprise.examples.patterns;
    opens dev.reprise.examples.trip;
}
