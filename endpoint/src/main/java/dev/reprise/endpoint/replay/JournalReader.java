package dev.reprise.endpoint.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads invocations and their journals by SQL. One thread. */
final class JournalReader {
    private static final List<String> COLUMNS = List.of(
            "id",
            "target_service_name",
            "target_handler_name",
            "target_service_key",
            "pinned_service_protocol_version");
    /** Those that not every server has. */
    private static final List<String> COLUMNS_OF_SOME =
            List.of("scope", "limit_key", "idempotency_key", "random_seed", "restarted_from");

    private static final String COMMAND = "Command: ";
    private static final String NOTIFICATION = "Notification: ";
    private static final Map<String, Integer> TYPES = types();
    /** How often a journal is read that was cut: a server reads it while it is written. */
    private static final int READS_MAX = 5;

    private final AdminApi admin;
    private final Set<String> columns = new HashSet<>();
    private final boolean isSeedOfId;

    JournalReader(AdminApi admin) throws InterruptedException {
        this.admin = admin;
        admin.query("SELECT column_name FROM information_schema.columns WHERE table_name = 'sys_invocation'")
                .forEach(row -> columns.add(row.path("column_name").asText()));
        isSeedOfId = !columns.contains("random_seed") && admin.version().startsWith("1.7.");
    }

    /** What {@code sys_journal} calls the types, without regard to case. */
    private static Map<String, Integer> types() {
        return Arrays.stream(MessageType.values())
                .filter(type -> type.isCommand() || type.isNotification())
                .collect(Collectors.toUnmodifiableMap(JournalReader::name, MessageType::code));
    }

    private static String name(MessageType type) {
        String name = type.name().replace("_", "");
        return type.isCommand()
                ? lower(COMMAND + name)
                : lower(NOTIFICATION + (type == MessageType.SIGNAL ? name : name.replaceAll("COMPLETION$", "")));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The invocations for which an SQL condition holds. */
    List<ReplayedInvocation> invocations(String condition) throws InterruptedException {
        List<String> selected = new ArrayList<>(COLUMNS);
        COLUMNS_OF_SOME.stream().filter(columns::contains).forEach(selected::add);
        JsonNode rows = admin.query("SELECT " + String.join(", ", selected) + " FROM sys_invocation WHERE (" + condition
                + ") ORDER BY target_service_name, id");
        List<ReplayedInvocation> found = new ArrayList<>();
        for (JsonNode row : rows) {
            found.add(invocation(row));
        }
        return found;
    }

    private ReplayedInvocation invocation(JsonNode row) {
        InvocationId id = InvocationId.parse(row.path("id").asText());
        return new ReplayedInvocation(
                id,
                row.path("target_service_name").asText(),
                row.path("target_handler_name").asText(),
                row.path("target_service_key").asText(""),
                version(row.path("pinned_service_protocol_version"), id),
                seed(row, id),
                text(row, "scope"),
                text(row, "limit_key"),
                text(row, "idempotency_key"));
    }

    private static @Nullable ProtocolVersion version(JsonNode number, InvocationId id) {
        if (number.isMissingNode() || number.isNull()) {
            return null;
        }
        return Arrays.stream(ProtocolVersion.values())
                .filter(version -> version.number() == number.asInt())
                .findFirst()
                .orElseThrow(() -> new ReplayException("Expected a journal of the service protocol 5 to 7, found "
                        + number + " at " + id + ". Leave it out with --where."));
    }

    private OptionalLong seed(JsonNode row, InvocationId id) {
        JsonNode seed = row.path("random_seed");
        if (seed.isNumber()) {
            return OptionalLong.of(seed.bigIntegerValue().longValue());
        }
        return isSeedOfId && text(row, "restarted_from") == null
                ? OptionalLong.of(RandomSeeds.of(id.toBytes()))
                : OptionalLong.empty();
    }

    private static @Nullable String text(JsonNode row, String name) {
        JsonNode value = row.path(name);
        return value.isTextual() ? value.asText() : null;
    }

    /**
     * The journals of invocations; one that has ended meanwhile and is not kept has no entries, one that cannot be read
     * as a whole is left out.
     */
    Map<InvocationId, List<RawMessage>> journals(List<ReplayedInvocation> invocations) throws InterruptedException {
        Map<InvocationId, List<RawMessage>> whole = new HashMap<>();
        List<InvocationId> missing =
                new ArrayList<>(invocations.stream().map(ReplayedInvocation::id).toList());
        for (int reads = 0; reads < READS_MAX && !missing.isEmpty(); reads++) {
            Map<String, List<JsonNode>> rows = rows(missing);
            missing.removeIf(id -> {
                var journal = journal(rows.getOrDefault(id.toString(), List.of()));
                journal.ifPresent(entries -> whole.put(id, entries));
                return journal.isPresent();
            });
        }
        return whole;
    }

    private Map<String, List<JsonNode>> rows(List<InvocationId> ids) throws InterruptedException {
        String in = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        JsonNode rows = admin.query(
                "SELECT id, index, entry_type, raw FROM sys_journal WHERE id IN (" + in + ") ORDER BY id, index");
        Map<String, List<JsonNode>> byId = new HashMap<>();
        rows.forEach(row -> byId.computeIfAbsent(row.path("id").asText(), id -> new ArrayList<>())
                .add(row));
        return byId;
    }

    /** The entries of rows that are in order; empty if one is missing. */
    private static Optional<List<RawMessage>> journal(List<JsonNode> rows) {
        List<RawMessage> entries = new ArrayList<>();
        for (JsonNode row : rows) {
            if (row.path("index").asInt(-1) != entries.size()) {
                return Optional.empty();
            }
            entries.add(entry(row));
        }
        return Optional.of(entries);
    }

    private static RawMessage entry(JsonNode row) {
        String type = row.path("entry_type").asText();
        Integer code = TYPES.get(lower(type));
        if (code == null) {
            throw new ReplayException("Expected an entry of a known type in the journal of "
                    + row.path("id").asText() + ", found '" + type + "' at index " + row.path("index")
                    + ". Leave the invocation out with --where.");
        }
        return new RawMessage(
                code, Bytes.wrap(HexFormat.of().parseHex(row.path("raw").asText(""))));
    }
}
