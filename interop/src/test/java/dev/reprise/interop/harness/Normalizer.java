package dev.reprise.interop.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Replaces what two servers can never have in common: ids and random values become their kind and the order of their
 * first appearance, times become {@code <time>}. The idempotency key that only the original gives to requests without
 * one is left out.
 */
final class Normalizer {
    private static final Pattern NAMED = Pattern.compile("\\b(?:(?<kind>inv|dp|prom|sign|sub)_1[0-9A-Za-z_-]{10,}"
            + "|(?<uuid>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<ulid>[0-9A-HJKMNP-TV-Z]{26}))\\b");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?( ?\\+00:00|Z)?");

    private static final Pattern GIVEN_KEY = Pattern.compile("\"idempotency_key\":\"[0-9A-HJKMNP-TV-Z]{26}\",?");

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    String normal(String text) {
        return TIME.matcher(
                        NAMED.matcher(GIVEN_KEY.matcher(text).replaceAll("")).replaceAll(this::nameOf))
                .replaceAll("<time>");
    }

    private String nameOf(MatchResult match) {
        String id = match.group("kind");
        String kind = id != null ? id : match.group("uuid") != null ? "uuid" : "ulid";
        return names.computeIfAbsent(match.group(), _ -> "<" + kind + " " + counts.merge(kind, 1, Integer::sum) + ">");
    }
}
