import org.jspecify.annotations.NullMarked;

/** The HTTP faces of the engine: a program, which only our examples import. */
@NullMarked
@SuppressWarnings("module") // the examples come later in the build
module dev.reprise.server {
    requires java.management;
    requires jdk.management;
    requires static transitive org.jspecify;
    requires transitive dev.reprise.engine;
    requires java.net.http;
    requires org.apache.arrow.format;
    requires avatica.core;
    requires calcite.babel;
    requires calcite.core;
    requires calcite.linq4j;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires flatbuffers.java;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.eclipse.jetty.http2.server;
    requires org.eclipse.jetty.server;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.slf4j;
    requires org.tomlj;

    exports dev.reprise.server to
            dev.reprise.examples;
    exports dev.reprise.server.ingress to
            dev.reprise.examples;

    provides dev.reprise.engine.AdminProvider with
            dev.reprise.server.EmbeddedAdmin;

    opens dev.reprise.server.admin to
            com.fasterxml.jackson.databind;
}
