package dev.reprise.server.config;

import java.util.List;

/**
 * A setting that can be given on the command line.
 *
 * @param key the setting's key
 * @param name of the flag, with its dashes
 * @param explanation its purpose and its default
 * @param effective whether it changes anything
 */
public record ConfigFlag(String key, String name, String explanation, boolean effective) {
    /** All flags. */
    public static List<ConfigFlag> all() {
        return Options.all().stream()
                .filter(Option::hasFlag)
                .map(option -> new ConfigFlag(
                        option.key(),
                        option.flag(),
                        option.byDefault() == null
                                ? option.explanation()
                                : option.explanation() + " Default: " + option.byDefault(),
                        option.effective()))
                .toList();
    }
}
