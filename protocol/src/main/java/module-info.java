import org.jspecify.annotations.NullMarked;

/** The service protocol: messages, framing, ids, await trees. */
@NullMarked
module dev.reprise.protocol {
    requires static transitive org.jspecify;

    exports dev.reprise.protocol;
    exports dev.reprise.protocol.discovery;
    exports dev.reprise.protocol.id;
    exports dev.reprise.protocol.time;
    exports dev.reprise.protocol.wire;
}
