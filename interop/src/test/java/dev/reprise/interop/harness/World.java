package dev.reprise.interop.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server as a scenario sees it. Service names are given without their variant. What the server answers is written
 * down, in a form that must be the same for both servers.
 */
public final class World {
    /**
     * What each server says in words of its own: stack traces of the SDKs, and what a parser of delays complains about.
     */
    private static final Pattern OWN_WORDS = Pattern.compile(
            ",\"stacktrace\":\"([^\"\\\\]|\\\\.)*+\"" + "|(?<=must be a ISO8601 duration: )([^\"\\\\]|\\\\.)*+");

    private static final String JOURNAL = "index, entry_type, name, completed, invoked_target, promise_name";
    private static final String OUTCOME = "status, completion_result, completion_failure, target, target_service_ty,"
            + " idempotency_key, invoked_by, pinned_service_protocol_version";
    private static final String INVOCATION = OUTCOME + ", journal_size";

    private final Server server;
    private final Subject subject;
    private final String key;
    private final Normalizer normalizer = new Normalizer();
    private final List<String> transcript = new ArrayList<>();

    World(Server server, Subject subject, String key) {
        this.server = server;
        this.subject = subject;
        this.key = key;
    }

    /** A key that no other scenario uses, for objects, workflows and idempotency. */
    public String key() {
        return key;
    }

    public Sdk sdk() {
        return subject.sdk();
    }

    /** Calls {@code path}, as {@code Ops/greet}, and waits for the result. */
    public Answer call(String path, @Nullable Object body, String... headers) {
        return ingress("POST", "/" + path(path), Json.write(body), headers);
    }

    /** Submits without waiting, and answers the invocation's id. */
    public String send(String path, @Nullable Object body, String... headers) {
        return call(path + "/send", body, headers).invocationId();
    }

    /** Submits for later; {@code delay} as {@code 10s}. */
    public String delayed(String path, @Nullable Object body, String delay) {
        return call(path + "/send?delay=" + delay, body).invocationId();
    }

    /**
     * What became of the call of {@code path} with this idempotency key; {@code what} is {@code attach} or
     * {@code output}.
     */
    public Answer byIdempotencyKey(String path, String idempotencyKey, String what) {
        return ingress("GET", "/restate/invocation/" + path(path) + "/" + idempotencyKey + "/" + what, null);
    }

    /** Any request to the ingress; its answer is written down. */
    public Answer ingress(String method, String path, @Nullable String body, String... headers) {
        return record("ingress", method, server.ingress().resolve(path), body, headers);
    }

    /** Any request to the admin API; its answer is written down. */
    public Answer admin(String method, String path, @Nullable Object body) {
        return record("admin", method, server.admin().resolve(path), body == null ? null : Json.write(body));
    }

    /** As {@link #admin}, for answers in no fixed order; nothing is written down. */
    public Answer silentAdmin(String method, String path, Object body) {
        return Http.send(method, server.admin().resolve(path), Json.write(body), Map.of());
    }

    /**
     * Runs {@code client.mjs}, which uses the official TypeScript client, against this server; what it prints is
     * written down.
     */
    public void typeScriptClient() {
        Child client = UserPrograms.ofTests("client.mjs", ingressAddress().toString(), subject.variant(), key);
        if (client.exitCode() != 0) {
            throw new AssertionError("the client should have done all it can do: " + client.describe());
        }
        client.printed().lines().forEach(this::note);
    }

    /** Where this server's ingress listens. */
    public URI ingressAddress() {
        return server.ingress();
    }

    /** Where this server's admin API listens. */
    public URI adminAddress() {
        return server.admin();
    }

    /** Runs the official CLI against this server; what it prints is written down. */
    public Cli.Output cli(String... arguments) {
        Cli.Output output = Cli.run(server, arguments);
        note("restate " + String.join(" ", arguments));
        note("  exit code " + output.exitCode());
        output.steadyLines().forEach(line -> note("  " + line));
        return output;
    }

    /** As {@link #cli}, for output that depends on what else the server holds; nothing is written down. */
    public Cli.Output silentCli(String... arguments) {
        return Cli.run(server, arguments);
    }

    /** The id of the latest deployment of a service, named in full. */
    public String deploymentOf(String service) {
        return server.query("SELECT deployment_id FROM sys_service WHERE name = '" + service + "'")
                .path(0)
                .path("deployment_id")
                .asText();
    }

    /** Waits until a query answers so many rows. */
    public void awaitRows(int count, String sql) {
        Eventually.until(
                count + " rows", () -> server.query(sql).size() == count, () -> sql + ": " + server.query(sql));
    }

    /** The name that a service of the contract has with this subject. */
    public String service(String name) {
        return name + subject.variant();
    }

    /** What an operator does to one invocation, as {@code resume?deployment=latest}; its answer is written down. */
    public Answer operate(String id, String operation) {
        return admin("PATCH", "/invocations/" + id + "/" + operation, null);
    }

    /** Restarts an invocation as a new one and answers its id; {@code query} as {@code ?from=1}. */
    public String restart(String id, String query) {
        return operate(id, "restart-as-new" + query)
                .expect(200, "")
                .json()
                .required("new_invocation_id")
                .asText();
    }

    /** Writes down an id that is the same on every server. */
    public void sameId(String id) {
        note("an id that ends with " + id.substring(id.indexOf("_1") + 2));
    }

    /** Waits for the invocation's result. */
    public Answer attach(String id) {
        return ingress("GET", "/restate/invocation/" + id + "/attach", null);
    }

    /** Registers the old or the new deployment of the service {@code Upgrade}, and answers its id. */
    public String registerUpgrade(String version) {
        return server.register(Lab.shared().endpoint(sdk().prefix() + "Upgrade" + version), false);
    }

    /** Registers the services whose settings may be changed, and that no other scenario uses. */
    public void registerSettings() {
        server.register(Lab.shared().endpoint("TsSettings"), false);
    }

    /** A call of a service whose settings may be changed; {@code path} as {@code OpsTsSettings/greet}. */
    public Answer callSettings(String path, @Nullable Object body, String... headers) {
        return ingress("POST", "/" + path, Json.write(body), headers);
    }

    /** A call of the service {@code Upgrade}. */
    public Answer callUpgrade(String path, @Nullable Object body) {
        return ingress("POST", "/Upgrade" + sdk().prefix() + "/" + path, Json.write(body));
    }

    /** Asks an object until it has a value under {@code name}; nothing is written down. */
    public String stateOf(String cell, String name) {
        URI uri = server.ingress().resolve("/" + path("Cell/" + cell + "/peek"));
        return Eventually.get(
                        name + " of " + cell,
                        () -> Optional.of(Http.send("POST", uri, Json.write(name), Map.of()))
                                .filter(answer ->
                                        answer.status() == 200 && !answer.body().equals("null")),
                        server::describe)
                .json()
                .asText();
    }

    /** Waits until the step of an invocation of {@code Ops/gated} executes; nothing is written down. */
    public void awaitGated(String id) {
        Eventually.until(
                "the step of " + id + " to execute",
                () -> server.call("/" + path("Ops/entered"), id).json().asInt() > 0,
                server::describe);
    }

    /** Lets the step of an invocation end; nothing is written down. */
    public void letGo(String id) {
        server.call("/" + path("Ops/letGo"), id).expect(200, "");
    }

    /** Kills this server, which must be this scenario's alone, and starts it again. */
    public void restartServer() {
        server.kill();
        server.start();
    }

    /** The id of the awakeable that a handler told to {@code cell}. */
    public String awakeableOf(String cell) {
        return stateOf(cell, "awakeable");
    }

    /** Writes down for how long the answer's result will be kept. */
    public void expiry(Answer answer) {
        String expires = answer.headers().get("idempotency-expires");
        note("expires: "
                + (expires == null
                        ? "unknown"
                        : "in "
                                + Math.round(Duration.between(Instant.now(), OffsetDateTime.parse(expires))
                                                .toSeconds()
                                        / 3600.0)
                                + " h"));
    }

    /** What {@code /restate/workflow/…/attach} or {@code …/output} answers. */
    public Answer workflow(String workflowKey, String what) {
        return ingress("GET", "/restate/workflow/" + service("Flow") + "/" + workflowKey + "/" + what, null);
    }

    /** Replaces the state of a cell, as an operator does. */
    public void modifyState(String cell, Map<String, String> values) {
        Map<String, Object> state = new TreeMap<>();
        values.forEach((name, value) -> state.put(name, unsigned(value)));
        admin("POST", "/services/" + service("Cell") + "/state", Map.of("object_key", cell, "new_state", state))
                .expect(202, "");
    }

    /** Waits until the invocation has one of these statuses. */
    public void awaitStatus(String id, String... statuses) {
        String sql = "SELECT status FROM sys_invocation WHERE id = '" + id + "'";
        Eventually.until(
                id + " to be " + String.join(" or ", statuses),
                () -> List.of(statuses)
                        .contains(server.query(sql).path(0).path("status").asText()),
                () -> server.query("SELECT * FROM sys_invocation WHERE id = '" + id + "'") + "\n" + server.describe());
    }

    /** Writes down the invocation and its journal once it has completed. */
    public void journal(String id) {
        awaitStatus(id, "completed");
        invocation(id);
        rowsOf("sys_journal", JOURNAL, "id", id, "index");
    }

    /** As {@link #journal}, for handlers whose operations complete in any order. */
    public void journalInAnyOrder(String id) {
        awaitStatus(id, "completed");
        List<String> entries = new ArrayList<>();
        server.query("SELECT entry_type, name FROM sys_journal WHERE id = '" + id + "'")
                .forEach(row -> entries.add(row.path("entry_type") + " " + row.path("name")));
        entries.stream().sorted().forEach(this::note);
    }

    /**
     * As {@link #journal}, when it is a matter of timing whether there is an entry of this type: in order, without
     * numbers.
     */
    public void journalWithout(String id, String entryType) {
        awaitStatus(id, "completed");
        rowsOf("sys_invocation", OUTCOME, "id", id, "id");
        rows("SELECT entry_type, name FROM sys_journal WHERE id = '" + id + "' AND entry_type <> '" + entryType
                + "' ORDER BY index");
    }

    /** Writes down what there is to know about an invocation. */
    public void invocation(String id) {
        rowsOf("sys_invocation", INVOCATION, "id", id, "id");
    }

    /** Writes down the kinds of the journal's events, and what those say that are not in an SDK's own words. */
    public void events(String id) {
        rowsOf("sys_journal_events", "event_type, after_journal_entry_index", "id", id, "appended_at");
        rows("SELECT event_json FROM sys_journal_events WHERE id = '" + id
                + "' AND event_type = 'Suspended' ORDER BY appended_at");
    }

    /** Writes down the invocations that {@code parent} made, once all have completed. */
    public void childrenOf(String parent) {
        String children = "SELECT target, status, completion_result, completion_failure FROM sys_invocation"
                + " WHERE invoked_by_id = '%s' %s ORDER BY target";
        Eventually.until(
                "the children of " + parent + " to complete",
                () -> server.query(children.formatted(parent, "AND status <> 'completed'"))
                        .isEmpty(),
                () -> server.query(children.formatted(parent, "")).toString());
        rows(children.formatted(parent, ""));
    }

    /** Writes down those columns of a table's rows where {@code column} has this value. */
    public void rowsOf(String table, String columns, String column, String value, String order) {
        rows("SELECT " + columns + " FROM " + table + " WHERE " + column + " = '" + value + "' ORDER BY " + order);
    }

    /** Writes down the rows of a query. */
    public JsonNode rows(String sql) {
        JsonNode rows = server.query(sql);
        note(sql);
        rows.forEach(row -> note("  " + row));
        return rows;
    }

    /** Fails unless these lines were written down. */
    public void expectLines(String... lines) {
        assertThat(transcript).contains(lines);
    }

    /** Writes a line down. */
    public void note(String line) {
        transcript.add(normalizer.normal(line));
    }

    List<String> transcript() {
        return transcript;
    }

    private String path(String path) {
        int slash = path.indexOf('/');
        return service(path.substring(0, slash)) + path.substring(slash);
    }

    private static List<Integer> unsigned(String text) {
        List<Integer> bytes = new ArrayList<>();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(Byte.toUnsignedInt(each));
        }
        return bytes;
    }

    private Answer record(String face, String method, URI uri, @Nullable String body, String... headers) {
        Answer answer = send(method, uri, body, headerMap(headers));
        note(face + " " + method + " " + uri.getPath() + (uri.getQuery() == null ? "" : "?" + uri.getQuery()));
        Map<String, String> shown = shown(answer);
        if (face.equals("admin")) {
            shown.remove("vary"); // the original's admin API would compress its answers for who asks for it
        }
        note("  " + answer.status() + " " + shown);
        note("  "
                + (answer.body().length() > 20_000
                        ? "a long body"
                        : OWN_WORDS.matcher(answer.body()).replaceAll("")));
        return answer;
    }

    private Answer send(String method, URI uri, @Nullable String body, Map<String, String> headers) {
        try {
            return Http.send(method, uri, body, headers);
        } catch (UncheckedIOException e) {
            if (server.kind() != ServerKind.ORIGINAL) {
                throw e;
            }
            // It closes the connection behind a request that it refuses without reading its body; this one came on it.
            return Http.send(method, uri, body, headers);
        }
    }

    private static Map<String, String> shown(Answer answer) {
        Map<String, String> shown = new TreeMap<>(answer.headers());
        shown.remove("date");
        // Ours alone, to pages of other origins; see docs/compatibility.md.
        shown.remove("access-control-expose-headers");
        shown.remove("idempotency-expires"); // only there when the result was, at the time of asking
        // A time at a full second is shorter.
        if (OWN_WORDS.matcher(answer.body()).find() || answer.body().contains("\"executionTime\"")) {
            shown.remove("content-length");
        }
        return shown;
    }

    private static Map<String, String> headerMap(String... headers) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return map;
    }
}
