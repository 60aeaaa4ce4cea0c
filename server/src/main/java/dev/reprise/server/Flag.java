package dev.reprise.server;

import dev.reprise.server.config.ConfigFlag;
import dev.reprise.server.config.ConfigLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flag of the command line.
 *
 * @param name with dashes in front
 * @param abbreviation a short name, of one dash and one letter; null if it has none
 * @param value what to call its value; null for a flag without one
 * @param explanation for {@code --help}
 * @param hidden whether {@code --help} leaves it out: it is accepted and changes nothing
 */
record Flag(
        String name,
        @Nullable String abbreviation,
        @Nullable String value,
        String explanation,
        boolean hidden) {
    static final Flag CONFIG_FILE = new Flag(
            "--config-file", "-c", "FILE", "A TOML file of settings [env: " + ConfigLoader.FILE_VARIABLE + "].", false);
    static final Flag DUMP_CONFIG =
            new Flag("--dump-config", null, null, "Prints the settings in force as TOML and ends.", false);
    static final Flag ACCEPT_LOSS = new Flag(
            "--accept-loss",
            null,
            null,
            "Starts on a damaged folder without what is lost, and logs what that is.",
            false);
    static final Flag HELP = new Flag("--help", "-h", null, "Shows this help and ends.", false);
    static final Flag VERSION = new Flag("--version", "-V", null, "Prints the version and ends.", false);

    private static final List<Flag> OWN = List.of(
            CONFIG_FILE,
            DUMP_CONFIG,
            ACCEPT_LOSS,
            HELP,
            VERSION,
            new Flag("--production", null, null, "", true),
            new Flag("--no-logo", null, null, "", true));

    /** All flags by each of their names: the server's own, and one for each setting that has a flag. */
    static Map<String, Flag> byName() {
        Map<String, Flag> all = new LinkedHashMap<>();
        for (Flag flag : OWN) {
            all.put(flag.name, flag);
            if (flag.abbreviation != null) {
                all.put(flag.abbreviation, flag);
            }
        }
        for (ConfigFlag setting : ConfigFlag.all()) {
            all.put(
                    setting.name(),
                    new Flag(setting.name(), null, "VALUE", setting.explanation(), !setting.effective()));
        }
        return all;
    }

    /** Its names and the name of its value, as {@code --help} shows them. */
    String usage() {
        return (abbreviation == null ? "    " : abbreviation + ", ") + name + (value == null ? "" : "=" + value);
    }
}
