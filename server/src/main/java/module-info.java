import org.jspecify.annotations.NullMarked;

/** The HTTP faces of the engine. */
@NullMarked
module dev.reprise.server {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.engine;
    requires com.fasterxml.jackson.databind;
    requires org.eclipse.jetty.http2.server;
    requires org.eclipse.jetty.server;
    requires org.slf4j;

    exports dev.reprise.server.admin;
    exports dev.reprise.server;
    exports dev.reprise.server.ingress;

    opens dev.reprise.server.admin to
            com.fasterxml.jackson.databind;
}
