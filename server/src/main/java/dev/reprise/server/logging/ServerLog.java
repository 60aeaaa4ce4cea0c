package dev.reprise.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.reprise.server.config.ServerConfig;
import java.io.Console;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Configures Logback from the server's configuration, without a file of its own. Every message is on one line, see
 * {@link LogText}.
 */
public final class ServerLog {
    /** Keys of the MDC. */
    private static final String CONTEXT = "%replace( %mdc){'^ $',''}";

    private ServerLog() {}

    /** Replaces Logback's configuration, unless the user named a file ({@code logback.configurationFile}). */
    public static void configure(ServerConfig.Log config) {
        if (System.getProperty("logback.configurationFile") != null) {
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        boolean colours = config.colours() && mayColour(System.getenv(), isTerminal());
        console.setEncoder(encoder(new ServerConfig.Log(config.filter(), config.format(), colours), context));
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(config.filter().level()));
        root.addAppender(console);
        config.filter()
                .levels()
                .forEach((name, level) -> context.getLogger(name).setLevel(Level.toLevel(level)));
    }

    /** Whether lines may have colours: not if the user has turned them off, nor without a terminal that shows them. */
    static boolean mayColour(Map<String, String> environment, boolean isTerminal) {
        return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Writes lines in the configured format. */
    static Encoder<ILoggingEvent> encoder(ServerConfig.Log config, LoggerContext context) {
        if (config.format() == ServerConfig.LogFormat.JSON) {
            JsonLines lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            return lines;
        }
        String level = config.colours() ? "%highlight(%-5level)" : "%-5level";
        String logger = config.format() == ServerConfig.LogFormat.COMPACT ? "%logger{0}" : "[%thread] %logger{30}";
        SafeLines pattern = new SafeLines();
        pattern.setContext(context);
        pattern.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} " + level + ' ' + logger + ": %msg" + CONTEXT + "%n");
        pattern.start();
        return pattern;
    }
}
