package dev.reprise.server;

import java.util.Comparator;
import java.util.List;

/** What {@code reprise server --help} prints. */
final class FlagHelp {
    private static final int WIDTH = 80;
    private static final int EXPLANATION_COLUMN = 29;

    private FlagHelp() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                Usage: reprise server [--config-file FILE] [--SETTING VALUE ...]
                Serves invocations until it is told to end.
                """);
        List<Flag> shown = Flag.byName().values().stream()
                .distinct()
                .filter(flag -> !flag.hidden())
                .sorted(Comparator.comparing(Flag::name))
                .toList();
        for (Flag flag : shown) {
            line(text, "  " + flag.usage(), flag.explanation());
        }
        return text.append("""

                        Every setting can stand in the configuration file, and in a variable:
                        worker.invoker.abort-timeout is RESTATE_WORKER__INVOKER__ABORT_TIMEOUT.
                        Flags win over variables, variables over the file.
                        --dump-config shows all settings and their values.
                        """).toString();
    }

    /** The explanation beside the flag, or below it if the flag is long; wrapped between words. */
    private static void line(StringBuilder text, String flag, String explanation) {
        StringBuilder line = new StringBuilder(flag);
        if (flag.length() >= EXPLANATION_COLUMN - 1) {
            text.append(line).append('\n');
            line.setLength(0);
        }
        pad(line);
        for (String word : explanation.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                pad(line);
            }
            line.append(line.length() == EXPLANATION_COLUMN ? "" : " ").append(word);
        }
        text.append(line).append('\n');
    }

    private static void pad(StringBuilder line) {
        line.repeat(' ', EXPLANATION_COLUMN - line.length());
    }
}
