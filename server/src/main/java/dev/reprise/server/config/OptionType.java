package dev.reprise.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * How an option's value is read and written.
 *
 * @param expected what a value must be, for messages
 * @param reader returns null if the value is not of this type; may also throw IllegalArgumentException
 * @param writer the value in TOML
 * @param masked the value in TOML, without secrets
 */
@SuppressWarnings("BadInstanceof") // it names what is there, if anything is
record OptionType<T>(
        String expected,
        Function<ConfiguredValue, @Nullable T> reader,
        Function<T, String> writer,
        Function<T, String> masked) {
    /** How values that contain no secrets are read and written. */
    OptionType(String expected, Function<ConfiguredValue, @Nullable T> reader, Function<T, String> writer) {
        this(expected, reader, writer, writer);
    }

    private static final String MASKED = "the mask " + Secrets.MASK
            + " is what --dump-config writes in the place of a secret; write the secret itself";

    private static final long BODY_BYTES_MAX = 2047L << 20;
    /** As long as nanoseconds can express: forever. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    static final OptionType<String> STRING = new OptionType<>("a string", ConfiguredValue::text, OptionType::quote);

    static final OptionType<Boolean> BOOLEAN = new OptionType<>("true or false", OptionType::bool, String::valueOf);

    static final OptionType<Double> FACTOR = new OptionType<>(
            "a number from 1",
            given -> number(given) instanceof Double value && value >= 1 ? value : null,
            String::valueOf);

    static final OptionType<Duration> DURATION = new OptionType<>(
            "a duration such as \"10s\", \"1h 30m\" or \"PT5M\"",
            given -> given.text() instanceof String text ? countable(HumanDuration.parse(text)) : null,
            duration -> quote(HumanDuration.format(duration)));

    static final OptionType<Duration> INTERVAL = new OptionType<>(
            "a duration such as \"500ms\", longer than zero",
            given -> DURATION.reader().apply(given) instanceof Duration duration && duration.isPositive()
                    ? duration
                    : null,
            DURATION.writer());

    static final OptionType<Long> SIZE_IN_BYTES = new OptionType<>(
            "a size such as \"32MiB\" or a number of bytes", OptionType::size, bytes -> quote(HumanSize.format(bytes)));

    static final OptionType<Long> POSITIVE_SIZE = new OptionType<>(
            "a size such as \"32MiB\" or a number of bytes, at least 1",
            given -> size(given) instanceof Long bytes && bytes >= 1 ? bytes : null,
            SIZE_IN_BYTES.writer());

    /** The size of something that is held in one array. */
    static final OptionType<Long> BODY_SIZE =
            new OptionType<>(SIZE_IN_BYTES.expected(), OptionType::bodySize, SIZE_IN_BYTES.writer());

    /** The size of a request's headers; each connection may hold that much. */
    static final OptionType<Long> HEADER_SIZE = new OptionType<>(
            "a size from 1KiB to 16MiB",
            given -> size(given) instanceof Long bytes && bytes >= 1L << 10 && bytes <= 16L << 20 ? bytes : null,
            SIZE_IN_BYTES.writer());

    static final OptionType<String> HTTP_URI = uri("http", "https");
    static final OptionType<String> TRACING_URI = uri("http", "https", "otlp+http", "otlp+https");

    static final OptionType<String> IP = new OptionType<>(
            "an IP address such as \"127.0.0.1\" or \"::\"",
            given -> given.text() instanceof String text && InetAddress.ofLiteral(text) != null ? text : null,
            OptionType::quote);

    static final OptionType<Address> ADDRESS = new OptionType<>(
            "an address such as \"0.0.0.0:8080\" or \"[::]:8080\"",
            given -> given.text() instanceof String text ? Address.parse(text) : null,
            address -> quote(address.toString()));

    static final OptionType<LogFilter> LOG_FILTER = new OptionType<>(
            "a log filter such as \"info\" or \"warn,restate=debug\"",
            given -> given.text() instanceof String text ? LogFilter.parse(text) : null,
            filter -> quote(filter.toString()));

    static final OptionType<List<String>> STRINGS = new OptionType<>(
            "a list of strings such as [\"a\", \"b\"]",
            OptionType::strings,
            list -> list.stream().map(OptionType::quote).collect(Collectors.joining(", ", "[", "]")));

    /** Headers, whose values are secrets. */
    static final OptionType<Map<String, String>> HEADERS = new OptionType<>(
            "a table of strings such as { name = \"value\" }",
            OptionType::headers,
            OptionType::table,
            headers -> table(Secrets.shown(headers)));

    /** An integer within bounds. */
    static OptionType<Integer> integer(int min, int max) {
        return new OptionType<>(
                "a whole number from " + min + " to " + max,
                given -> whole(given) instanceof Long value && value >= min && value <= max
                        ? Integer.valueOf(value.intValue())
                        : null,
                String::valueOf);
    }

    /** One of an enum's constants, written in lower case with dashes. */
    static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        String names = all.stream().map(OptionType::nameOf).collect(Collectors.joining(", "));
        return new OptionType<>(
                "one of " + names,
                given -> all.stream()
                        .filter(one -> nameOf(one).equals(given.text()))
                        .findFirst()
                        .orElse(null),
                one -> quote(nameOf(one)));
    }

    /** A limit: at least 1, or the word for none, which is read as 0. */
    static OptionType<Integer> limitOr(String none) {
        return new OptionType<>(
                "a whole number from 1, or \"" + none + "\"",
                given -> none.equals(given.text())
                        ? Integer.valueOf(0)
                        : whole(given) instanceof Long value && value >= 1 && value <= Integer.MAX_VALUE
                                ? Integer.valueOf(value.intValue())
                                : null,
                value -> value == 0 ? quote(none) : String.valueOf(value));
    }

    /** A URI with a host, and with one of several schemes. */
    private static Duration countable(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    private static OptionType<String> uri(String... schemes) {
        return new OptionType<>(
                "a URI such as \"http://localhost:8080\", its scheme one of " + String.join(", ", schemes),
                given -> given.text() instanceof String text
                                && URI.create(text) instanceof URI uri
                                && uri.getHost() != null
                                && List.of(schemes).contains(uri.getScheme())
                        ? unmasked(text, uri)
                        : null,
                OptionType::quote,
                uri -> quote(Secrets.shown(uri)));
    }

    private static String unmasked(String text, URI uri) {
        if (Secrets.isMasked(uri)) {
            throw new IllegalArgumentException(MASKED);
        }
        return text;
    }

    private static String table(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> quote(entry.getKey()) + " = " + quote(entry.getValue()))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static @Nullable Map<String, String> headers(ConfiguredValue given) {
        Map<String, String> headers = stringMap(given);
        if (headers != null) {
            headers.values().forEach(value -> {
                if (Secrets.isMask(value)) {
                    throw new IllegalArgumentException(MASKED);
                }
            });
        }
        return headers;
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    T read(String key, ConfiguredValue given) {
        try {
            T value = reader.apply(given);
            if (value != null) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(message(key, given) + " (" + e.getMessage() + ")", e);
        }
        throw new ConfigException(message(key, given));
    }

    private String message(String key, ConfiguredValue given) {
        return given.origin() + ": " + key + " must be " + expected + ", found "
                + (isSecret() ? "another value" : Secrets.shown(given.shown()));
    }

    private boolean isSecret() {
        return equals(HEADERS);
    }

    private static @Nullable Boolean bool(ConfiguredValue given) {
        return switch (given) {
            case ConfiguredValue.Toml(Boolean value, String _) -> value;
            case ConfiguredValue.Text(String value, String _)
            when value.equals("true") || value.equals("false") -> Boolean.valueOf(value);
            default -> null;
        };
    }

    private static @Nullable Long whole(ConfiguredValue given) {
        return switch (given) {
            case ConfiguredValue.Toml(Long value, String _) -> value;
            case ConfiguredValue.Text(String value, String _)
            when value.matches("-?[0-9]{1,18}") -> Long.valueOf(value);
            default -> null;
        };
    }

    private static @Nullable Double number(ConfiguredValue given) {
        return switch (given) {
            case ConfiguredValue.Toml(Number value, String _) -> value.doubleValue();
            case ConfiguredValue.Text(String value, String _)
            when value.matches("-?[0-9]+(\\.[0-9]+)?") -> Double.valueOf(value);
            default -> null;
        };
    }

    private static @Nullable Long size(ConfiguredValue given) {
        if (whole(given) instanceof Long bytes) {
            return bytes >= 0 ? bytes : null;
        }
        return given.text() instanceof String text ? Long.valueOf(HumanSize.parse(text)) : null;
    }

    private static @Nullable Long bodySize(ConfiguredValue given) {
        Long bytes = size(given);
        if (bytes != null && (bytes < 1 || bytes > BODY_BYTES_MAX)) {
            throw new IllegalArgumentException("from 1 byte to 2047 MiB can be handled");
        }
        return bytes;
    }

    private static @Nullable List<String> strings(ConfiguredValue given) {
        return switch (given) {
            case ConfiguredValue.Toml(TomlArray array, String _) -> {
                List<Object> all = array.toList();
                yield all.stream().allMatch(String.class::isInstance)
                        ? all.stream().map(String.class::cast).toList()
                        : null;
            }
            case ConfiguredValue.Text(String value, String _) -> split(value, '[', ']');
            default -> null;
        };
    }

    private static List<String> split(String value, char open, char close) {
        boolean bracketed = value.length() >= 2 && value.charAt(0) == open && value.charAt(value.length() - 1) == close;
        String inner = bracketed ? value.substring(1, value.length() - 1) : value;
        List<String> all = new ArrayList<>();
        for (String part : inner.split(",", -1)) {
            if (!part.isBlank()) {
                all.add(unquote(part.strip()));
            }
        }
        return all;
    }

    private static String unquote(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static @Nullable Map<String, String> stringMap(ConfiguredValue given) {
        Map<String, String> all = new LinkedHashMap<>();
        switch (given) {
            case ConfiguredValue.Toml(TomlTable table, String _) -> {
                for (String name : table.keySet()) {
                    if (!(table.get(List.of(name)) instanceof String value)) {
                        return null;
                    }
                    all.put(name, value);
                }
            }
            case ConfiguredValue.Text(String value, String _) -> {
                for (String pair : split(value, '{', '}')) {
                    int equals = pair.indexOf('=');
                    if (equals < 1) {
                        return null;
                    }
                    all.put(
                            unquote(pair.substring(0, equals).strip()),
                            unquote(pair.substring(equals + 1).strip()));
                }
            }
            default -> {
                return null;
            }
        }
        return all;
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
