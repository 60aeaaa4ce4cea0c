package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandFlagsTest {
    @ParameterizedTest
    @ValueSource(strings = {"--cluster-name mine --bind-port 1", "--bind-port=1 --cluster-name=mine --no-logo"})
    void values_inEitherForm_areRead(String line) {
        assertThat(parse(line).load(Map.of()).toml()).contains("cluster-name = \"mine\"");
    }

    @Test
    void valueWithAnEqualsSign_isWhole() {
        assertThat(parse("--node-name=a=b --cluster-name c=d").load(Map.of()).toml())
                .contains("node-name = \"a=b\"", "cluster-name = \"c=d\"");
    }

    @ParameterizedTest
    @CsvSource({"-h, true, false", "--help, true, false", "-V, false, true", "--version, false, true"})
    void switches_haveAShortName(String word, boolean help, boolean version) {
        assertThat(parse(word).has(Flag.HELP)).isEqualTo(help);
        assertThat(parse(word).has(Flag.VERSION)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --bogus                              | Unknown option: '--bogus'
            --bogus=1                            | Unknown option: '--bogus'
            --dump-confi                         | Unknown option: '--dump-confi'
            extra                                | Not an option: 'extra'
            --bind-port 1 2                      | Not an option: '2'
            --bind-port                          | Option '--bind-port' needs a value: --bind-port=VALUE
            --config-file                        | Option '--config-file' needs a value: -c, --config-file=FILE
            --bind-port --dump-config            | Option '--bind-port' needs a value: --bind-port=VALUE
            --bind-port 1 --bind-port=2          | Option '--bind-port' is given twice
            -c a.toml --config-file b.toml       | Option '--config-file' is given twice
            --dump-config=yes                    | Option '--dump-config' takes no value, found 'yes'
            """)
    void wrongWords_areRefused(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(CommandFlags.UsageException.class)
                .hasMessage(message + ". See reprise server --help.");
    }

    @Test
    void help_isWrappedAt80Columns_andTellsOfEveryShownFlagOnce() {
        String help = FlagHelp.text();
        assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(Flag.byName().values().stream().filter(flag -> !flag.hidden()))
                .allSatisfy(flag -> assertThat(help).containsOnlyOnce("  " + flag.usage()));
        assertThat(help).doesNotContain("--no-logo");
    }

    private static CommandFlags parse(String line) {
        return CommandFlags.parse(line.split(" ", -1));
    }
}
