package dev.reprise.server;

import dev.reprise.server.config.LoadedConfig;
import dev.reprise.server.logging.ServerLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** {@code reprise server}: serves until the process is told to end. */
public final class Main {
    /** How often to look whether a load is over and what it has taken can be given back. */
    private static final Duration MEMORY_LOOK = Duration.ofSeconds(20);

    private Main() {}

    /** Takes the flags that {@code --help} lists. Exit code 0: told to end; 1: cannot start; 2: unknown flags. */
    @SuppressWarnings("SystemOut") // this is what the user sees
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        int code = CommandFlags.commandLine(Main::serve)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, _, _) -> {
                    err.println("reprise: " + Failures.oneLine(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int serve(CommandFlags flags) throws IOException, InterruptedException {
        LoadedConfig loaded = flags.load(System.getenv());
        if (flags.dumpsConfig()) {
            flags.out().print(loaded.toml());
            flags.out().flush();
            return 0;
        }
        ServerLog.configure(loaded.config().log());
        Logger logger = LoggerFactory.getLogger(Main.class);
        loaded.warnings().forEach(logger::warn);
        OldGeneration.keepSmall(MEMORY_LOOK);
        RepriseServer server = RepriseServer.start(loaded.config());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, logger), "reprise-shutdown"));
        server.awaitEnd();
        return 0;
    }

    private static void end(RepriseServer server, Logger logger) {
        try {
            server.close();
            logger.info("ended in order");
            // Being told to end is not a failure; without this the JVM reports the signal as one.
            Runtime.getRuntime().halt(0);
        } catch (RuntimeException e) {
            logger.error("could not end in order; what was accepted is kept all the same", e);
        }
    }
}
