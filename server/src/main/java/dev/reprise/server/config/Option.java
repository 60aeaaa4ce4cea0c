package dev.reprise.server.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A setting.
 *
 * @param key its name in the file, with dots between tables
 * @param type how its value is read and written
 * @param byDefault the value, as text, when nothing is set; null for none
 * @param effect what it changes here; an option without effect is read and checked because the original has it
 * @param explanation its purpose
 */
record Option<T>(String key, OptionType<T> type, @Nullable String byDefault, Effect effect, String explanation) {
    /** What becomes of a value that is given. */
    enum Effect {
        /** It takes effect. */
        FULL,
        /** A user would miss its effect in the original, so a warning says that it does nothing here. */
        MISSED,
        /** It affects nothing that a user could see. */
        NONE
    }

    private static final String PREFIX = "RESTATE_";

    /** The name of its environment variable. */
    String variable() {
        return PREFIX + key.replace(".", "__").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether it changes anything here. */
    boolean effective() {
        return effect == Effect.FULL;
    }

    /** Options at the top level have a flag. */
    boolean hasFlag() {
        return key.indexOf('.') < 0;
    }

    String flag() {
        return "--" + key;
    }

    T read(ConfiguredValue given) {
        return type.read(key, given);
    }

    /** The key that an environment variable's name stands for; null if it is not a setting. */
    static @Nullable String keyOf(String variable) {
        if (!variable.startsWith(PREFIX)) {
            return null;
        }
        return variable.substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("__", ".")
                .replace('_', '-');
    }
}
