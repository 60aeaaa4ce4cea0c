package dev.reprise.server.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be set.
 *
 * @param key its name in the file, with dots between tables
 * @param type how its value is read and written
 * @param byDefault the value when nothing is set, as text; null for none
 * @param effect what it changes here; one without effect is read and checked because the original has it
 * @param explanation what it is for
 */
record Option<T>(String key, OptionType<T> type, @Nullable String byDefault, Effect effect, String explanation) {
    /** What a value that is given comes to. */
    enum Effect {
        /** It is in force. */
        FULL,
        /** A user would miss what it sets in the original, so a warning says that it does nothing. */
        MISSED,
        /** It sets nothing that a user could see. */
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

    /** What stands at the top level has a flag. */
    boolean hasFlag() {
        return key.indexOf('.') < 0;
    }

    String flag() {
        return "--" + key;
    }

    T read(ConfiguredValue given) {
        return type.read(key, given);
    }

    /** The key that an environment variable's name stands for; null if it is no setting. */
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
