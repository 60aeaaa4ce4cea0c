import org.jspecify.annotations.NullMarked;

/** The service protocol: messages, framing, ids, await trees. */
@NullMarked
@SuppressWarnings("module") // the modules that some packages are exported to come later in the build
module dev.reprise.protocol {
    requires static transitive org.jspecify;

    exports dev.reprise.protocol;
    exports dev.reprise.protocol.discovery;
    exports dev.reprise.protocol.id;
    exports dev.reprise.protocol.identity to
            dev.reprise.endpoint,
            dev.reprise.server;
    exports dev.reprise.protocol.time to
            dev.reprise.embedded,
            dev.reprise.engine,
            dev.reprise.sdk,
            dev.reprise.server,
            dev.reprise.simulator;
    exports dev.reprise.protocol.wire to
            dev.reprise.embedded,
            dev.reprise.endpoint,
            dev.reprise.engine,
            dev.reprise.examples,
            dev.reprise.sdk,
            dev.reprise.server,
            dev.reprise.simulator,
            dev.reprise.testkit;
}
