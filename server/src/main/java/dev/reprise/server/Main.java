package dev.reprise.server;

import dev.reprise.server.config.LoadedConfig;
import dev.reprise.server.jvm.OldGeneration;
import dev.reprise.server.logging.ServerLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code reprise server}: serves until the process is asked to stop. */
public final class Main {
    /** How often to check whether a load is over and its memory can be given back. */
    private static final Duration MEMORY_LOOK = Duration.ofSeconds(20);

    private static final int CANNOT_START = 1;
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Takes the flags that {@code --help} lists. Exit code 0: asked to stop; 1: cannot start; 2: unknown flags; 74: a
     * disk has failed.
     */
    public static void main(String[] args) throws InterruptedException {
        int code = run(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    @SuppressWarnings("SystemOut") // this is what the user sees
    private static int run(String[] args) throws InterruptedException {
        try {
            return serve(CommandFlags.parse(args));
        } catch (CommandFlags.UsageException e) {
            System.err.println("reprise: " + e.getMessage());
            return USAGE;
        } catch (IOException | RuntimeException e) {
            System.err.println("reprise: " + StartFailure.oneLine(e));
            return CANNOT_START;
        }
    }

    @SuppressWarnings("SystemOut") // this is what the user asked for
    private static int serve(CommandFlags flags) throws IOException, InterruptedException {
        if (flags.has(Flag.HELP)) {
            System.out.print(FlagHelp.text());
            return 0;
        }
        if (flags.has(Flag.VERSION)) {
            System.out.println("reprise " + Version.current());
            return 0;
        }
        LoadedConfig loaded = flags.load(System.getenv());
        if (flags.has(Flag.DUMP_CONFIG)) {
            System.out.print(loaded.toml());
            return 0;
        }
        ServerLog.configure(loaded.config().log());
        Logger logger = LoggerFactory.getLogger(Main.class);
        loaded.warnings().forEach(logger::warn);
        OldGeneration.keepSmall(MEMORY_LOOK);
        RepriseServer server = RepriseServer.start(loaded.config(), loaded.toml(), flags.has(Flag.ACCEPT_LOSS));
        logger.info("ready in {} ms", sinceStartMillis());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, logger), "reprise-shutdown"));
        return server.awaitEnd();
    }

    /** The time since the JVM was started. */
    private static long sinceStartMillis() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toMillis())
                .orElse(0L);
    }

    private static void end(RepriseServer server, Logger logger) {
        try {
            server.close();
            logger.info("ended in order");
            // A request to stop is not a failure; without this the JVM reports the signal as one.
            Runtime.getRuntime().halt(server.exitCode());
        } catch (RuntimeException e) {
            logger.error("could not end in order; what was accepted is kept all the same", e);
        }
    }
}
