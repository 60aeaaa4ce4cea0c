package dev.reprise.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that were given, layer over layer. Built by one thread. */
final class Settings {
    private final Map<String, Option<?>> known = new LinkedHashMap<>();
    private final Map<String, ConfiguredValue> given = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    Settings() {
        for (Option<?> option : Options.all()) {
            known.put(option.key(), option);
        }
    }

    boolean knows(String key) {
        return known.containsKey(key);
    }

    /** Gives a value to a key, over any earlier one; warns if the key has no effect. */
    void give(String key, ConfiguredValue value) {
        Option<?> option = known.get(key);
        if (option != null) {
            Object read = option.read(value);
            given.put(key, value);
            if (option.effect() == Option.Effect.MISSED && !Optional.of(read).equals(byDefault(option))) {
                warnNoEffect(key, value);
            }
        } else if (ForeignKeys.isMissing(key)) {
            warnNoEffect(key, value);
        } else if (!ForeignKeys.isWithoutMeaning(key)) {
            warnings.add(value.origin() + ": unknown key " + key + " is ignored");
        }
    }

    private void warnNoEffect(String key, ConfiguredValue value) {
        warnings.add(value.origin() + ": " + key + " has no effect: this server cannot do that yet");
    }

    List<String> warnings() {
        return warnings;
    }

    <T> Optional<T> get(Option<T> option) {
        ConfiguredValue value = given.get(option.key());
        return value == null ? byDefault(option) : Optional.of(option.read(value));
    }

    private static <T> Optional<T> byDefault(Option<T> option) {
        return Optional.ofNullable(option.byDefault())
                .map(text -> option.read(new ConfiguredValue.Text(text, "default")));
    }

    /** The value of an option that has a default. */
    <T> T require(Option<T> option) {
        return get(option).orElseThrow();
    }

    /**
     * Everything that has a value, as a TOML document that yields the same settings, except that secrets are masked.
     */
    String toToml() {
        StringBuilder text = new StringBuilder();
        String table = "";
        List<Option<?>> ordered = new ArrayList<>(Options.all());
        ordered.sort((a, b) -> tableOf(a).compareTo(tableOf(b)));
        for (Option<?> option : ordered) {
            Optional<String> value = written(option);
            if (value.isPresent()) {
                if (!tableOf(option).equals(table)) {
                    table = tableOf(option);
                    text.append("\n[").append(table).append("]\n");
                }
                String name = option.key().substring(table.isEmpty() ? 0 : table.length() + 1);
                text.append(name).append(" = ").append(value.get()).append('\n');
            }
        }
        return text.toString();
    }

    private <T> Optional<String> written(Option<T> option) {
        return get(option).map(option.type().masked());
    }

    private static String tableOf(Option<?> option) {
        int dot = option.key().lastIndexOf('.');
        return dot < 0 ? "" : option.key().substring(0, dot);
    }
}
