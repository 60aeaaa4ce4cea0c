package dev.reprise.server.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which messages are logged.
 *
 * @param level of everything that is not named
 * @param levels by logger; OFF, ERROR, WARN, INFO, DEBUG or TRACE
 */
public record LogFilter(String level, Map<String, String> levels) {
    private static final Set<String> LEVELS = Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    private static final String OWN_LOGGERS = "dev.reprise";

    /** Reads the original's form: {@code warn,restate=info}. The target {@code restate} means this server. */
    static LogFilter parse(String text) {
        String level = "ERROR";
        Map<String, String> levels = new LinkedHashMap<>();
        for (String directive : text.split(",", -1)) {
            int equals = directive.indexOf('=');
            String name = directive.substring(0, Math.max(0, equals)).strip();
            String wanted = directive.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
            if (!LEVELS.contains(wanted)) {
                throw new IllegalArgumentException("'" + directive.strip() + "' is neither a level nor target=level");
            }
            if (equals < 0) {
                level = wanted;
            } else {
                levels.put(logger(name), wanted);
            }
        }
        return new LogFilter(level, levels);
    }

    private static String logger(String target) {
        boolean own = target.startsWith("restate") || target.startsWith("reprise");
        return own ? OWN_LOGGERS : target.replace("::", ".");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(level.toLowerCase(Locale.ROOT));
        levels.forEach((logger, wanted) -> text.append(',')
                .append(logger.equals(OWN_LOGGERS) ? "restate" : logger)
                .append('=')
                .append(wanted.toLowerCase(Locale.ROOT)));
        return text.toString();
    }
}
