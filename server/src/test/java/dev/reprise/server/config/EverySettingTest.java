package dev.reprise.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No setting is without effect: each changes what the server is told ({@link ServerConfig}), and everything in that is
 * read by a class outside of the configuration.
 */
class EverySettingTest {
    /** One of them is a value of the option's type and not its default. */
    private static final List<String> VALUES = List.of(
            "7",
            "true",
            "3s",
            "3 KiB",
            "kill",
            "stay",
            "json",
            "debug",
            "127.0.0.9:77",
            "127.0.0.9",
            "http://a",
            "a=b",
            "text");

    static List<Option<?>> effective() {
        return Options.all().stream().filter(Option::effective).toList();
    }

    @ParameterizedTest
    @MethodSource("effective")
    void effectiveOption_anotherValue_changesTheConfiguration(Option<?> option) {
        ServerConfig byDefault = ServerConfig.of(new Settings());

        assertThat(VALUES.stream().filter(value -> changes(option, value, byDefault)))
                .as("values that change what the server is told by " + option.key())
                .isNotEmpty();
    }

    private static boolean changes(Option<?> option, String value, ServerConfig byDefault) {
        Settings settings = new Settings();
        try {
            settings.give(option.key(), new ConfiguredValue.Text(value, "test"));
        } catch (ConfigException e) {
            return false; // a value of another type
        }
        return !ServerConfig.of(settings).equals(byDefault);
    }

    @Test
    void everythingConfigured_isReadOutsideOfTheConfiguration() throws IOException, URISyntaxException {
        Set<String> calls = callsOutside();

        List<String> unread = Stream.concat(Stream.of(ServerConfig.class), Stream.of(ServerConfig.class.getClasses()))
                .filter(Class::isRecord)
                .flatMap(type -> Stream.of(type.getRecordComponents()).map(part -> accessor(type, part)))
                .filter(accessor -> !calls.contains(accessor))
                .toList();

        assertThat(unread).isEmpty();
    }

    private static String accessor(Class<?> type, RecordComponent part) {
        return type.getName().replace('.', '/') + "." + part.getName();
    }

    /** The methods that classes of the server call, those of this package aside. */
    private static Set<String> callsOutside() throws IOException, URISyntaxException {
        Path classes = Path.of(ServerConfig.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !Objects.requireNonNull(file.getParent()).endsWith("config"))
                    .flatMap(EverySettingTest::calls)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> calls(Path file) {
        try {
            return StreamSupport.stream(
                            ClassFile.of().parse(file).constantPool().spliterator(), false)
                    .filter(MemberRefEntry.class::isInstance)
                    .map(MemberRefEntry.class::cast)
                    .map(call ->
                            call.owner().asInternalName() + "." + call.name().stringValue());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
