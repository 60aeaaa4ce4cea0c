import org.jspecify.annotations.NullMarked;

/** Log, partition state machine, timers, invoker. */
@NullMarked
@SuppressWarnings("module") // the modules that some packages are exported to come later in the build
module dev.reprise.engine {
    requires static transitive org.jspecify;
    requires transitive dev.reprise.protocol;
    requires rocksdbjni;
    requires org.slf4j;

    exports dev.reprise.engine;
    exports dev.reprise.engine.call;
    exports dev.reprise.engine.config;
    exports dev.reprise.engine.deployment;
    exports dev.reprise.engine.disk to
            dev.reprise.server;
    exports dev.reprise.engine.invoker to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator,
            dev.reprise.testkit;
    exports dev.reprise.engine.log;
    exports dev.reprise.engine.log.file to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator;
    exports dev.reprise.engine.log.memory to
            dev.reprise.embedded,
            dev.reprise.server;
    exports dev.reprise.engine.memory to
            dev.reprise.embedded,
            dev.reprise.server;
    exports dev.reprise.engine.partition to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator,
            dev.reprise.testkit;
    exports dev.reprise.engine.partition.machine to
            dev.reprise.embedded,
            dev.reprise.simulator;
    exports dev.reprise.engine.partition.reads to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator,
            dev.reprise.testkit;
    exports dev.reprise.engine.registry;
    exports dev.reprise.engine.response;
    exports dev.reprise.engine.storage to
            dev.reprise.embedded,
            dev.reprise.server;
    exports dev.reprise.engine.store;
    exports dev.reprise.engine.store.memory to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator;
    exports dev.reprise.engine.store.rocks to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator;
    exports dev.reprise.engine.views to
            dev.reprise.embedded,
            dev.reprise.server,
            dev.reprise.simulator,
            dev.reprise.testkit;
}
