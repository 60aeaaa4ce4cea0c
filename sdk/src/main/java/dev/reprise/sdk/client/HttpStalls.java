package dev.reprise.sdk.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Header;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server's admin API which waiting calls make no progress, with one SQL query for all of them. An ingress names
 * the invocation only in its answer, so a call whose invocation is unknown is looked up by its target. For any thread
 * that may block.
 */
final class HttpStalls implements StallWatch.Look {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The most calls in one question, and the most invocations in one report. */
    private static final int ROWS_MAX = 200;

    private static final List<Header> ACCEPT = List.of(new Header("accept", "application/json"));

    private final URI query;
    private final HttpRequests requests;
    private final HttpExchanges exchanges;

    HttpStalls(URI admin, HttpRequests requests, HttpExchanges exchanges) {
        this.query = HttpRequests.uri(admin, List.of("query"), "");
        this.requests = requests;
        this.exchanges = exchanges;
    }

    @Override
    public Map<WaitingCall, Stall> stalled(Collection<WaitingCall> waiting) {
        List<WaitingCall> asked = waiting.stream().limit(ROWS_MAX).toList();
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        for (JsonNode row : rows(sql(asked))) {
            byName.put(row.path("id").asText(), row);
            byName.putIfAbsent(row.path("target").asText(), row);
        }
        Map<WaitingCall, Stall> stalled = new LinkedHashMap<>();
        for (WaitingCall call : asked) {
            JsonNode row = byName.get(name(call));
            if (row != null) {
                stalled.put(call, stall(call, row));
            }
        }
        return stalled;
    }

    private static String name(WaitingCall call) {
        return call.invocationId().or(call::target).orElse("");
    }

    /** Both this project's server and the original have this table. */
    private static String sql(List<WaitingCall> waiting) {
        return "SELECT id, target, status, retry_count, last_failure, next_retry_at FROM sys_invocation"
                + " WHERE status IN ('paused', 'backing-off') AND (id IN ("
                + quoted(waiting, WaitingCall::invocationId) + ") OR target IN ("
                + quoted(waiting, call -> call.invocationId().isPresent() ? Optional.empty() : call.target())
                + ")) LIMIT " + ROWS_MAX;
    }

    private static String quoted(List<WaitingCall> waiting, Function<WaitingCall, Optional<String>> name) {
        Set<String> names = new TreeSet<>();
        waiting.forEach(call -> name.apply(call).ifPresent(names::add));
        return names.isEmpty()
                ? "''"
                : names.stream()
                        .map(each -> "'" + each.replace("'", "''") + "'")
                        .collect(Collectors.joining(", "));
    }

    private JsonNode rows(String sql) {
        String body = JSON.createObjectNode().put("query", sql).toString();
        Payload payload = new Payload(Bytes.utf8(body), Optional.of("application/json"));
        return exchanges
                .send(requests.post(query, payload, ACCEPT), true)
                .join()
                .json()
                .path("rows");
    }

    private static Stall stall(WaitingCall call, JsonNode row) {
        boolean paused = row.path("status").asText().equals("paused");
        return new Stall(
                call.description(),
                row.path("id").asText(),
                row.path("target").asText(),
                paused ? Stall.State.PAUSED : Stall.State.BACKING_OFF,
                row.path("retry_count").asInt(0),
                row.path("last_failure").asText(""),
                paused ? null : instant(row.path("next_retry_at").asText("")),
                null);
    }

    /** The time is only for people, so one that is written differently is left out. */
    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
