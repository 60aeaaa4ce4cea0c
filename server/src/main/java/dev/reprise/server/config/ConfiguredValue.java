package dev.reprise.server.config;

import org.jspecify.annotations.Nullable;

/** A value as it was given, and where. */
sealed interface ConfiguredValue {
    /** Where it was given, in the reader's terms: a file and line, a variable, a flag. */
    String origin();

    /** The value as given, for a message. */
    String shown();

    /** The value if it is text, whatever the text means. */
    @Nullable
    String text();

    /** A value of a TOML document: String, Long, Double, Boolean, TomlArray, TomlTable. */
    record Toml(Object value, String origin) implements ConfiguredValue {
        @Override
        public String shown() {
            return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
        }

        @Override
        public @Nullable String text() {
            return value instanceof String text ? text : null;
        }
    }

    /** Text of an environment variable, a flag or a default; the option determines its type. */
    record Text(String value, String origin) implements ConfiguredValue {
        @Override
        public String shown() {
            return "'" + value + "'";
        }

        @Override
        public String text() {
            return value;
        }
    }
}
