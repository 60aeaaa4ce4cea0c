package dev.reprise.server;

import dev.reprise.server.config.ConfigFlag;
import dev.reprise.server.config.ConfigLoader;
import dev.reprise.server.config.LoadedConfig;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags of the command line as given: {@code --name value}, {@code --name=value}, {@code --name}. */
final class CommandFlags {
    /** By the flag's long name; a flag without a value has an empty one. */
    private final Map<String, String> given;

    private CommandFlags(Map<String, String> given) {
        this.given = given;
    }

    /** The command line is not understood. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message + ". See reprise server --help.");
        }
    }

    /**
     * Reads the words of a command line.
     *
     * @throws UsageException when a word is not a flag, or a flag is given twice or with a value too many or too few
     */
    static CommandFlags parse(String... words) {
        Map<String, Flag> known = Flag.byName();
        Map<String, String> given = new LinkedHashMap<>();
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Flag flag = known.get(name);
            if (flag == null) {
                throw new UsageException(
                        word.startsWith("-") ? "Unknown option: '" + name + "'" : "Not an option: '" + word + "'");
            }
            Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
            if (given.put(flag.name(), valueOf(flag, value, rest, known)) != null) {
                throw new UsageException("Option '" + flag.name() + "' is given twice");
            }
        }
        return new CommandFlags(given);
    }

    private static String valueOf(Flag flag, Optional<String> value, Iterator<String> rest, Map<String, Flag> known) {
        if (flag.value() == null) {
            if (value.isPresent()) {
                throw new UsageException("Option '" + flag.name() + "' takes no value, found '" + value.get() + "'");
            }
            return "";
        }
        String next = value.orElseGet(() -> rest.hasNext() ? rest.next() : "");
        if (value.isEmpty() && (next.isEmpty() || known.containsKey(next))) {
            throw new UsageException("Option '" + flag.name() + "' needs a value: "
                    + flag.usage().strip());
        }
        return next;
    }

    boolean has(Flag flag) {
        return given.containsKey(flag.name());
    }

    /** Reads the configuration, with these flags on top. */
    LoadedConfig load(Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ConfigFlag setting : ConfigFlag.all()) {
            String value = given.get(setting.name());
            if (value != null) {
                settings.put(setting.key(), value);
            }
        }
        String file = given.get(Flag.CONFIG_FILE.name());
        return ConfigLoader.load(file == null ? null : Path.of(file), environment, settings);
    }
}
