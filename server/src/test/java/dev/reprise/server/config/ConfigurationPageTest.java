package dev.reprise.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.config.Option.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/configuration.md} shows the table of options. What stands behind the mark is made from it: {@code
 * -Dgolden=write} writes it.
 */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String MARK = "<!-- From here on this page is made by ./reprise golden. -->\n";

    @Test
    void page_showsTheTableOfOptions() throws IOException {
        String found = Files.readString(PAGE);
        assertThat(found).contains(MARK);
        String expected = found.substring(0, found.indexOf(MARK)) + MARK + tables();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(found)
                    .as("./reprise golden writes the page anew when the table of options has changed")
                    .isEqualTo(expected);
        }
    }

    @Test
    void defaults_ofTheMachine_areNotShown() {
        assertThat(row(Options.PARTITIONS)).contains("| – | Partitions of a new folder, by default one for each");
    }

    private static String tables() {
        Map<String, List<Option<?>>> byTable = Options.all().stream()
                .filter(Option::effective)
                .collect(Collectors.groupingBy(ConfigurationPageTest::table, LinkedHashMap::new, Collectors.toList()));
        StringBuilder page = new StringBuilder();
        byTable.forEach((table, options) -> {
            page.append("\n## ").append(table.isEmpty() ? "At the top level" : "`[" + table + "]`");
            page.append("\n\n| setting | value | default | what it does |\n| --- | --- | --- | --- |\n");
            options.forEach(option -> page.append(row(option)));
        });
        return page.append("\n## Taken, and without effect\n\n")
                .append("Because the original has them: ")
                .append(names(Effect.NONE))
                .append(". With a warning, because somebody would miss what they do there: ")
                .append(names(Effect.MISSED))
                .append(".\n")
                .toString();
    }

    private static String table(Option<?> option) {
        int dot = option.key().lastIndexOf('.');
        return dot < 0 ? "" : option.key().substring(0, dot);
    }

    private static String row(Option<?> option) {
        String key = option.key();
        // A default that depends on the machine is told in words.
        boolean shown = option.byDefault() != null && !option.explanation().contains("by default");
        return "| `" + key.substring(key.lastIndexOf('.') + 1) + "` | "
                + option.type().expected().replace("|", "\\|") + " | "
                + (shown ? "`" + option.byDefault() + "`" : "–") + " | " + option.explanation() + " |\n";
    }

    private static String names(Effect effect) {
        return Options.all().stream()
                .filter(option -> option.effect() == effect)
                .map(option -> "`" + option.key() + "`")
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
