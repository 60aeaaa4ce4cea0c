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
    exports dev.reprise.engine.invoker;
    exports dev.reprise.engine.log;
    exports dev.reprise.engine.log.file;
    exports dev.reprise.engine.log.memory;
    exports dev.reprise.engine.memory;
    exports dev.reprise.engine.partition;
    exports dev.reprise.engine.partition.machine;
    exports dev.reprise.engine.registry;
    exports dev.reprise.engine.response;
    exports dev.reprise.engine.store;
    exports dev.reprise.engine.store.memory;
    exports dev.reprise.engine.store.rocks;
}
