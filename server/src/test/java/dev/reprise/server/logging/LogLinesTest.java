package dev.reprise.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.server.config.LogFilter;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.config.ServerConfig.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.KeyValuePair;

/** Whatever is logged is a line, in each format, and nothing in it can be taken for another line. */
final class LogLinesTest {
    private static final String FORGED = "2026-01-01T00:00:00.000Z ERROR forged: all is lost";
    private static final String HOSTILE = "a\n" + FORGED + "\r" + FORGED + "\u2028" + FORGED
            + "\u2029\u0085\u001b[2J\u0000\u007f\u009b31m\u202eabc\u2066";

    private final LoggerContext context = new LoggerContext();

    private String line(LogFormat format, String message, @Nullable Throwable thrown, Map<String, String> keys) {
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("dev.reprise.Test"), Level.ERROR, message, thrown, null);
        event.setMDCPropertyMap(keys);
        var encoder = ServerLog.encoder(new ServerConfig.Log(new LogFilter("INFO", Map.of()), format, false), context);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private static void assertVisible(String text) {
        assertThat(text.codePoints().filter(LogText::isHidden).filter(c -> c != '\n' && c != '\t'))
                .as(text)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void message_keysAndNames_areOneVisibleLine(LogFormat format) {
        String line = line(format, HOSTILE, null, Map.of("restate.invocation.target", HOSTILE));

        assertThat(line).endsWith("\n");
        assertThat(line.strip().lines()).hasSize(1);
        assertVisible(line);
        assertThat(line)
                .contains("a\\n" + FORGED)
                .containsIgnoringCase("\\u001b[2J")
                .contains("\\u202eabc");
    }

    @Test
    void json_givesTheMessageBack() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(line(LogFormat.JSON, HOSTILE, null, Map.of("k", HOSTILE)));

        assertThat(json.at("/fields/message").textValue()).isEqualTo(HOSTILE);
        assertThat(json.at("/fields/k").textValue()).isEqualTo(HOSTILE);
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void stackTrace_keepsItsLines_butNoMessageIsOne(LogFormat format) {
        IllegalStateException thrown = new IllegalStateException(HOSTILE, new IllegalArgumentException(HOSTILE));
        thrown.addSuppressed(new IllegalStateException(HOSTILE));

        String lines = line(format, "failed", thrown, Map.of());

        assertVisible(lines);
        if (format == LogFormat.JSON) {
            assertThat(lines.strip().lines()).hasSize(1);
        } else {
            assertThat(lines.lines()).hasSizeGreaterThan(10).allMatch(each -> !each.startsWith(FORGED));
            assertThat(lines.lines().skip(1))
                    .allMatch(each -> each.startsWith("\t")
                            || each.startsWith("java.lang.IllegalStateException: a\\n")
                            || each.startsWith("Caused by: java.lang.IllegalArgumentException: a\\n"));
        }
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void texts_areOfBoundedLength(LogFormat format) {
        String line = line(format, "x".repeat(1 << 20), new IllegalStateException("y".repeat(1 << 20)), Map.of());

        assertThat(line.length()).isLessThan(5 * LogText.LENGTH_MAX);
        assertThat(line).contains("… (1040384 more characters)");
    }

    @Test
    void colours_needATerminal_andNobodyWhoRefusesThem() {
        assertThat(ServerLog.mayColour(Map.of(), true)).isTrue();
        assertThat(ServerLog.mayColour(Map.of("NO_COLOR", ""), true)).isTrue();
        assertThat(ServerLog.mayColour(Map.of("NO_COLOR", "1"), true)).isFalse();
        assertThat(ServerLog.mayColour(Map.of(), false)).isFalse();
    }

    @Test
    void text_ofLetters_staysAsItIs() {
        assertThat(line(LogFormat.COMPACT, "äöü 日本 \\n 😀", null, Map.of())).contains("äöü 日本 \\n 😀");
    }

    @Test
    void json_whatContextAndLineBothSay_isThereOnce() {
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("dev.reprise.Test"), Level.ERROR, "failed", null, null);
        event.setMDCPropertyMap(Map.of("restate.invocation.id", "inv_1"));
        event.addKeyValuePair(new KeyValuePair("restate.invocation.id", "inv_1"));
        var encoder = ServerLog.encoder(
                new ServerConfig.Log(new LogFilter("INFO", Map.of()), LogFormat.JSON, false), context);

        assertThat(new String(encoder.encode(event), StandardCharsets.UTF_8)).containsOnlyOnce("restate.invocation.id");
    }
}
