package dev.reprise.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Lays the sources of settings over one another: defaults, then a TOML file, then the environment, then flags. */
public final class ConfigLoader {
    /** The variable that names the file. */
    public static final String FILE_VARIABLE = "RESTATE_CONFIG";

    /**
     * Variables of Restate's command line in the same environment: they say where servers are, and are not settings.
     */
    private static final Set<String> OF_THE_COMMAND_LINE =
            Set.of("RESTATE_ADMIN_URL", "RESTATE_INGRESS_URL", "RESTATE_AUTH_TOKEN");

    private static final String LOG_FILTER_VARIABLE = "RUST_LOG";

    private ConfigLoader() {}

    /**
     * Reads everything.
     *
     * @param file the TOML file; null for the one that the environment names, if any
     * @param environment variables by name
     * @param flags the values of the flags that were given, by key
     * @throws ConfigException when a value is wrong or the file cannot be read
     */
    public static LoadedConfig load(@Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
        Settings settings = new Settings();
        String named = environment.get(FILE_VARIABLE);
        if (file != null) {
            addFile(settings, file);
        } else if (named != null && !named.isEmpty()) {
            addFile(settings, Path.of(named));
        }
        addEnvironment(settings, environment);
        flags.forEach((key, value) -> settings.give(key, new ConfiguredValue.Text(value, "flag --" + key)));
        return new LoadedConfig(ServerConfig.of(settings), settings.toToml(), List.copyOf(settings.warnings()));
    }

    private static void addFile(Settings settings, Path file) {
        TomlParseResult document;
        try {
            document = Toml.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException("there is no configuration file " + file.toAbsolutePath(), e);
        } catch (IOException e) {
            throw new ConfigException("cannot read the configuration file " + file + ": " + e, e);
        }
        if (document.hasErrors()) {
            TomlParseError first = document.errors().getFirst();
            throw new ConfigException(at(file, first.position()) + ": not TOML: " + first.getMessage());
        }
        addTable(settings, file, document, "");
    }

    private static void addTable(Settings settings, Path file, TomlTable table, String prefix) {
        for (String name : table.keySet()) {
            Object value = table.get(List.of(name));
            String key = prefix + name;
            if (value instanceof TomlTable inner && !settings.knows(key)) {
                addTable(settings, file, inner, key + ".");
            } else if (value != null) {
                settings.give(key, new ConfiguredValue.Toml(value, at(file, table.inputPositionOf(List.of(name)))));
            }
        }
    }

    private static String at(Path file, @Nullable TomlPosition position) {
        return position == null ? file.toString() : file + ":" + position.line();
    }

    private static void addEnvironment(Settings settings, Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            String key = Option.keyOf(variable);
            if (key != null && !variable.equals(FILE_VARIABLE) && !OF_THE_COMMAND_LINE.contains(variable)) {
                settings.give(key, new ConfiguredValue.Text(value, "variable " + variable));
            }
        });
        String logFilter = environment.get(LOG_FILTER_VARIABLE);
        if (logFilter != null) {
            settings.give(
                    Options.LOG_FILTER.key(), new ConfiguredValue.Text(logFilter, "variable " + LOG_FILTER_VARIABLE));
        }
    }
}
