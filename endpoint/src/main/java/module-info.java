import org.jspecify.annotations.NullMarked;

/** Serves handlers over HTTP. */
@NullMarked
module dev.reprise.endpoint {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.sdk;
    requires java.net.http;
    requires org.eclipse.jetty.alpn.server;
    requires org.eclipse.jetty.http2.server;
    requires org.eclipse.jetty.server;
    requires org.slf4j;

    exports dev.reprise.endpoint;
    exports dev.reprise.endpoint.replay;
}
