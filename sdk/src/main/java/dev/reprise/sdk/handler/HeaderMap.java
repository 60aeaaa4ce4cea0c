package dev.reprise.sdk.handler;

import dev.reprise.protocol.Header;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Headers by name. Names are stored in lower case, because HTTP does not preserve case, and looked up ignoring case.
 * The last of several headers with one name counts. Immutable.
 */
final class HeaderMap extends AbstractMap<String, String> {
    private final Map<String, String> byName = new LinkedHashMap<>();

    static Map<String, String> of(List<Header> headers) {
        HeaderMap map = new HeaderMap();
        headers.forEach(header -> map.byName.put(lower(header.key()), header.value()));
        return map;
    }

    static Map<String, String> of(Map<String, String> headers) {
        HeaderMap map = new HeaderMap();
        headers.forEach((name, value) -> map.byName.put(lower(name), value));
        return map;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return name instanceof String text ? byName.get(lower(text)) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return name instanceof String text && byName.containsKey(lower(text));
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return Collections.unmodifiableMap(byName).entrySet();
    }
}
