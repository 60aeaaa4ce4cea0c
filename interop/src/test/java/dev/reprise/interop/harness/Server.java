package dev.reprise.interop.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One of the two servers as a process, on ports and a folder of its own. It can be killed and started again. */
public final class Server {
    /* The first start of our server in a fresh clone makes a cache for all others: it must be alone. */
    private static final AtomicBoolean STARTED_ONCE = new AtomicBoolean();

    private final ServerKind kind;
    private final Path folder = Folders.fresh("server");
    private final int ingressPort = Ports.free();
    private final int adminPort = Ports.free();
    private final int nodePort = Ports.free();
    private final AtomicReference<@Nullable Child> child = new AtomicReference<>();

    private final Map<String, String> settings;

    private Server(ServerKind kind, Map<String, String> settings) {
        this.kind = kind;
        this.settings = settings;
    }

    /** Starts a server and waits until it is ready. */
    public static Server start(ServerKind kind) {
        return start(kind, Map.of());
    }

    /** Starts a server with further settings, as environment variables, and waits until it is ready. */
    public static Server start(ServerKind kind, Map<String, String> settings) {
        Server server = new Server(kind, settings);
        server.start();
        return server;
    }

    /** Starts it at the addresses and with the data that it had, and waits until it is ready. */
    public void start() {
        if (kind == ServerKind.ORIGINAL || STARTED_ONCE.get()) {
            launch();
            return;
        }
        synchronized (STARTED_ONCE) {
            launch();
            STARTED_ONCE.set(true);
        }
    }

    private void launch() {
        child.set(Child.start(kind.command(), environment(), folder, folder.resolve("server.log")));
        Eventually.until(kind + " to be ready", this::isReady, this::describe);
    }

    public void kill() {
        running().kill();
    }

    public ServerKind kind() {
        return kind;
    }

    public URI ingress() {
        return URI.create("http://127.0.0.1:" + ingressPort);
    }

    public URI admin() {
        return URI.create("http://127.0.0.1:" + adminPort);
    }

    /** The state of the process and the end of its log. */
    public String describe() {
        return kind + ", " + running().describe();
    }

    /** Registers the endpoint at {@code uri} and answers the id of the deployment. */
    public String register(URI uri, boolean http11) {
        Map<String, Object> body = Map.of("uri", uri.toString(), "use_http_11", http11);
        Answer answer = Http.send("POST", admin().resolve("/deployments"), Json.write(body), Map.of());
        if (answer.status() != 201 && answer.status() != 200) {
            throw new AssertionError(uri + " was not registered: " + answer + "\n" + describe());
        }
        return answer.json().required("id").asText();
    }

    /** Posts to the ingress of a server that may be down. */
    public Answer ask(String path, String body, Map<String, String> headers) throws IOException {
        return Http.tryToSend("POST", ingress().resolve(path), body, headers);
    }

    /** Calls a handler and waits for its answer. */
    public Answer call(String path, @Nullable Object body) {
        return Http.send("POST", ingress().resolve(path), Json.write(body), Map.of());
    }

    /** Waits for the result of an invocation. */
    public Answer attach(String id) {
        return Http.send("GET", ingress().resolve("/restate/invocation/" + id + "/attach"), null, Map.of());
    }

    /** The document at {@code path} of the admin API. */
    public JsonNode document(String path) {
        return Http.send("GET", admin().resolve(path), null, Map.of()).json();
    }

    /** The rows of an SQL query. */
    public JsonNode query(String sql) {
        Answer answer = Http.send(
                "POST",
                admin().resolve("/query"),
                Json.write(Map.of("query", sql)),
                Map.of("accept", "application/json"));
        if (answer.status() != 200) {
            throw new AssertionError(sql + " was answered " + answer);
        }
        return answer.json().required("rows");
    }

    private boolean isReady() {
        running().requireAlive();
        try {
            return Http.tryToSend("GET", ingress().resolve("/restate/health"), null, Map.of())
                                    .status()
                            == 200
                    && Http.tryToSend("GET", admin().resolve("/health"), null, Map.of())
                                    .status()
                            == 200;
        } catch (IOException _) {
            return false; // nobody listens yet
        }
    }

    private Child running() {
        Child current = child.get();
        if (current == null) {
            throw new IllegalStateException(kind + " was never started");
        }
        return current;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(kind.environment());
        environment.put("RESTATE_BASE_DIR", folder.resolve("data").toString());
        environment.put("RESTATE_NODE_NAME", "lab");
        environment.put("RESTATE_CLUSTER_NAME", "lab");
        environment.put("RESTATE_INGRESS__BIND_ADDRESS", "127.0.0.1:" + ingressPort);
        environment.put("RESTATE_ADMIN__BIND_ADDRESS", "127.0.0.1:" + adminPort);
        environment.put("RESTATE_BIND_ADDRESS", "127.0.0.1:" + nodePort);
        environment.put("RESTATE_ADVERTISED_ADDRESS", "http://127.0.0.1:" + nodePort);
        environment.put("RESTATE_DEFAULT_NUM_PARTITIONS", "4");
        environment.put("RESTATE_EXPERIMENTAL_ENABLE_PROTOCOL_V7", "true");
        environment.put("RESTATE_LOG_DISABLE_ANSI_CODES", "true");
        environment.put("DO_NOT_TRACK", "1");
        environment.putAll(settings);
        return environment;
    }
}
