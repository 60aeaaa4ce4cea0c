package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.server.RefusingLog;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdminApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "http://deployments.test/";

    private AdminWorld world;

    @BeforeEach
    void start() throws IOException {
        world = new AdminWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return world.send(world.admin(), method, path, body, true);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String register() throws IOException, InterruptedException {
        return send("POST", "/deployments", "{\"uri\":\"" + ADDRESS + "\"}").body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ui", "/ui/"})
    void browser_isToldWhatThisIs(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
        assertThat(answer.body()).contains("the admin API", "/openapi", "/deployments");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /deployments | {"arn":"arn:aws:lambda:eu-central-1:0:function:f:1"} | AWS Lambda are not supported
            POST | /subscriptions | {"source":"kafka://c/t","sink":"service://S/h"} | Kafka is not supported yet
            POST | /kafka-clusters | {"name":"c","properties":{}} | Kafka is not supported yet
            PUT | /limits/rules | [{"pattern":"*","limits":{"concurrency":1}}] | rules were not stored
            """)
    void request_ofWhatIsNotThereYet_isRefusedAndSaysSo(String method, String path, String body, String reason)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(JSON.readTree(answer.body()).get("message").textValue()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /internal/services/Nobody/serdes/encode/x       | 404 | The requested service 'Nobody' does not exist
            /internal/services/Nobody/serdes/decode/x/input | 404 | The requested service 'Nobody' does not exist
            /internal/services/Nobody/serdes/decode/x?deployment=dp_1 | 400 | deployment: bad format
            """)
    void serdes_ofWhatIsNotThere_areRefused(String path, int status, String reason)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", path, "1");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(reason);
    }

    @Test
    void batch_whenTheLogTakesNothing_tellsItOfEachInvocation() throws IOException, InterruptedException {
        RefusingLog log = new RefusingLog();
        try (AdminWorld refusing = new AdminWorld(log)) {
            refusing.serveServices(ADDRESS);
            refusing.send(refusing.admin(), "POST", "/deployments", "{\"uri\":\"" + ADDRESS + "\"}", true);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String body = refusing.send(refusing.ingress(), "POST", "/Test/sleepy/send", "\"x\"", true)
                        .body();
                ids.add(JSON.readTree(body).get("invocationId").textValue());
                refusing.await(ids.get(i), "suspended");
            }
            log.refuse();

            HttpResponse<String> answer = refusing.send(
                    refusing.admin(),
                    "POST",
                    "/internal/invocations_batch_operations/kill",
                    "{\"invocation_ids\":[\"" + String.join("\",\"", ids) + "\"]}",
                    true);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).get("failed"))
                    .hasSize(3)
                    .allSatisfy(failed ->
                            assertThat(failed.get("error").textValue()).contains("the log takes no more records"));
        }
    }

    @Test
    void serdes_ofAServiceWhoseSdkHasNone_areAnError() throws IOException, InterruptedException {
        world.serve(ADDRESS, "counter");
        register();

        HttpResponse<String> answer = send("POST", "/internal/services/Counter/serdes/encode/add/input", "1");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(JSON.readTree(answer.body()).get("message").textValue()).contains("convert");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:99999, a port from 1 to 65535",
        "http://127.0.0.1:0, a port from 1 to 65535",
        "http://127.0.0.1:-1, http:// or https:// and a host",
        "http:///path, is not absolute"
    })
    void register_addressThatCannotBe_isRefusedAtOnce(String uri, String reason)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/deployments", "{\"uri\":\"" + uri + "\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("message").textValue()).contains(reason);
    }

    @Test
    void body_tooLarge_isRefusedAndSaysByHowMuch() throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/deployments", "x".repeat((32 << 20) + 1));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo("Expected a request body of at most 33554432 bytes, found 33554433."
                        + " No setting raises this: ask for less at once.");
    }

    @Test
    void register_sameAddressManyTimesAtOnce_oneDeployment()
            throws IOException, InterruptedException, ExecutionException {
        world.serve(ADDRESS, "counter");
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(this::register));
            }
        }

        JsonNode deployments = get("/deployments").get("deployments");
        assertThat(deployments.size()).isEqualTo(1);
        for (Future<String> answer : answers) {
            assertThat(JSON.readTree(answer.get()).get("id"))
                    .isEqualTo(deployments.get(0).get("id"));
        }
    }

    /** Where the only deployment is reached. */
    private DeploymentEndpoint.Http endpoint() {
        assertThat(world.registry().deployments()).hasSize(1);
        DeploymentEndpoint endpoint =
                world.registry().deployments().iterator().next().endpoint();
        return (DeploymentEndpoint.Http) endpoint;
    }

    @Test
    void secrets_areMasked_andAMaskThatComesBackChangesNothing() throws IOException, InterruptedException {
        String secret = "http://ann:pass@deployments.test/";
        world.serve(secret, "counter");
        String id = JSON.readTree(send(
                                "POST",
                                "/deployments",
                                "{\"uri\":\"" + secret
                                        + "\",\"additional_headers\":{\"authorization\":\"Bearer abc\"}}")
                        .body())
                .get("id")
                .textValue();
        JsonNode shown = get("/deployments/" + id);
        assertThat(shown.get("uri").textValue()).isEqualTo("http://***@deployments.test/");
        assertThat(shown.at("/additional_headers/authorization").textValue()).isEqualTo("***");
        assertThat(get("/deployments").toString()).doesNotContain("pass", "Bearer");

        String same = "{\"uri\":\"http://***@deployments.test/\",\"force\":true,"
                + "\"additional_headers\":{\"Authorization\":\"***\",\"x-new\":\"n\"}}";
        for (String[] change : new String[][] {
            {"PATCH", "/deployments/" + id}, {"PUT", "/v2/deployments/" + id}, {"POST", "/deployments"}
        }) {
            HttpResponse<String> answer = send(change[0], change[1], same);
            assertThat(answer.statusCode()).as(change[0] + ": " + answer.body()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("pass", "Bearer");
            assertThat(endpoint().uri()).hasToString(secret);
            assertThat(endpoint().additionalHeaders())
                    .containsExactly(Map.entry("authorization", "Bearer abc"), Map.entry("x-new", "n"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH | {"additional_headers":{"x-unknown":"***"}} | mask
            PATCH | {"uri":"http://***@elsewhere.test/"} | mask
            POST | {"uri":"http://***@elsewhere.test/"} | mask
            POST | {"uri":"http://deployments.test/","force":true,"additional_headers":{"x-unknown":"***"}} | mask
            """)
    void mask_ofNothingThatIsKnown_isRefused(String method, String body, String reason)
            throws IOException, InterruptedException {
        world.serve(ADDRESS, "counter");
        String id = JSON.readTree(register()).get("id").textValue();

        HttpResponse<String> answer = send(method, "/deployments" + (method.equals("PATCH") ? "/" + id : ""), body);

        assertThat(answer.statusCode()).isIn(400, 422);
        assertThat(answer.body()).contains(reason);
        assertThat(endpoint().additionalHeaders()).isEmpty();
    }

    @Test
    void uri_thatIsNone_isRefusedWithoutItsPassword() throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/deployments", "{\"uri\":\"ftp://ann:pass@deployments.test/\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("ftp://***@deployments.test/").doesNotContain("pass");
    }

    @Test
    void uri_withoutPath_getsOne() throws IOException, InterruptedException {
        world.serve(ADDRESS, "counter");

        send("POST", "/deployments", "{\"uri\":\"http://deployments.test\"}");

        assertThat(get("/deployments").at("/deployments/0/uri").textValue()).isEqualTo(ADDRESS);
    }

    @Test
    void restartAsNew_ofCompleted_runsTheSameInputAgain() throws IOException, InterruptedException {
        world.serveServices(ADDRESS);
        register();
        String first = JSON.readTree(world.send(world.ingress(), "POST", "/Test/done/send", "\"once more\"", true)
                        .body())
                .get("invocationId")
                .textValue();
        world.await(first, "completed");

        String second = JSON.readTree(send("PATCH", "/invocations/" + first + "/restart-as-new", "")
                        .body())
                .get("new_invocation_id")
                .textValue();

        HttpResponse<String> result =
                world.send(world.ingress(), "GET", "/restate/invocation/" + second + "/attach", "", true);
        assertThat(second).isNotEqualTo(first);
        assertThat(result.body()).isEqualTo("\"once more\"");
    }

    @Test
    void resume_onTheLatestDeployment_bindsTheInvocationToIt() throws IOException, InterruptedException {
        world.serveServices(ADDRESS);
        register();
        String id = JSON.readTree(world.send(world.ingress(), "POST", "/Test/sleepy/send", "\"x\"", true)
                        .body())
                .get("invocationId")
                .textValue();
        world.await(id, "suspended");
        world.serveServices(ADDRESS + "second");
        HttpResponse<String> second = send("POST", "/deployments", "{\"uri\":\"" + ADDRESS + "second\"}");
        DeploymentId latest =
                DeploymentId.parse(JSON.readTree(second.body()).get("id").textValue());

        assertThat(send("PATCH", "/invocations/" + id + "/resume?deployment=latest", "")
                        .statusCode())
                .isEqualTo(200);

        assertThat(world.invocation(id).deployment()).isEqualTo(latest);
    }

    @Test
    void modifyState_ofABusyObject_isAcceptedAtOnceAndMadeInItsTurn() throws IOException, InterruptedException {
        world.serveServices(ADDRESS);
        register();
        String id = JSON.readTree(world.send(world.ingress(), "POST", "/Obj/a/sleepy/send", "\"x\"", true)
                        .body())
                .get("invocationId")
                .textValue();
        world.await(id, "suspended");

        HttpResponse<String> answer =
                send("POST", "/services/Obj/state", "{\"object_key\":\"a\",\"new_state\":{\"k\":[34,118,34]}}");
        send("PATCH", "/invocations/" + id + "/kill", "");
        HttpResponse<String> state = world.send(world.ingress(), "POST", "/Obj/a/get", "", true);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(state.body()).isEqualTo("\"v\"");
    }

    @Test
    void serviceOpenApi_ofAnObject_showsEachHandlersWays() throws IOException, InterruptedException {
        world.serve(ADDRESS, "counter-references");
        register();

        JsonNode document = get("/services/Counter/openapi");

        List<String> paths = new ArrayList<>();
        document.get("paths").fieldNames().forEachRemaining(paths::add);
        assertThat(paths)
                .contains(
                        "/restate/call/Counter/{key}/add",
                        "/restate/send/Counter/{key}/add",
                        "/restate/invocation/Counter/{key}/add/{idempotencyKey}/attach",
                        "/restate/invocation/Counter/{key}/add/{idempotencyKey}/output")
                .hasSize(8);
        assertThat(document.at("/components/schemas/addRequest/type").textValue())
                .isEqualTo("integer");
        assertThat(document.at("/components/schemas/addResponse/$ref").textValue())
                .isEqualTo("#/components/schemas/addResponse/$defs/Total");
        assertThat(document.at("/components/schemas/addRequest/title").textValue())
                .isEqualTo("addRequest");
        String body = "/paths/~1restate~1call~1Counter~1{key}~1add/post/requestBody/content/application~1json/example";
        assertThat(document.at(body).isInt()).as("%s", document.at(body)).isTrue();
        assertThat(document.at("/servers/0/url").textValue()).isEqualTo("http://ingress.test:8080/");
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void openApi_namesEveryOperationOnce() throws IOException, InterruptedException {
        List<String> operations = get("/openapi").get("paths").findValuesAsText("operationId");

        assertThat(operations)
                .doesNotHaveDuplicates()
                .contains("create_deployment", "restart_as_new_invocation", "query", "modify_service_state");
    }

    @Test
    void openApi_refersToNothingThatIsNotThere() throws IOException, InterruptedException {
        JsonNode document = get("/openapi");

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(document.at(reference.substring(1)))
                        .as(reference)
                        .isNotEmpty());
    }

    /* What is refused whatever it says is not told of. */
    @Test
    void openApi_tellsOfEachFieldOfARequest() throws IOException, InterruptedException {
        JsonNode schemas = get("/openapi").at("/components/schemas");

        assertFields(schemas, "RegisterDeploymentRequest", DeploymentRequests.Register.class, "arn", "auth");
        assertFields(schemas, "UpdateDeploymentRequest", DeploymentRequests.Update.class, "arn");
        assertFields(schemas, "ModifyServiceRequest", ServicesResource.Changes.class);
        assertFields(schemas, "ModifyServiceStateRequest", StateResource.Change.class);
    }

    private static void assertFields(JsonNode schemas, String schema, Class<? extends Record> read, String... refused) {
        List<String> fields = JSON
                .copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .getDeserializationConfig()
                .introspect(JSON.constructType(read))
                .findProperties()
                .stream()
                .map(BeanPropertyDefinition::getName)
                .filter(name -> !List.of(refused).contains(name))
                .toList();
        List<String> told = new ArrayList<>();
        schemas.path(schema).path("properties").fieldNames().forEachRemaining(told::add);
        assertThat(told).as(schema).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void path_withEncodedParts_isTakenApartBeforeItIsDecoded() throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "/services/a%2Fb%2Bc", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.body()).get("message").textValue())
                .isEqualTo("The requested service 'a/b+c' does not exist");
    }

    @Test
    void version_saysWhichApisAreSpoken() throws IOException, InterruptedException {
        JsonNode version = get("/version");

        assertThat(version.get("min_admin_api_version").intValue()).isEqualTo(2);
        assertThat(version.get("max_admin_api_version").intValue()).isEqualTo(4);
        assertThat(version.get("version").textValue()).isEqualTo("1.7.12");
        assertThat(version.get("reprise_version").textValue()).isEqualTo("1.2.3");
        assertThat(version.get("ingress_endpoint").textValue()).isEqualTo("http://ingress.test:8080/");
    }

    @Test
    void path_thatIsNone_isAnsweredWithWhatIsServed() throws IOException, InterruptedException {
        HttpResponse<String> nothing = send("GET", "/nothing", "");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(nothing.body()).path("message").asText())
                .startsWith("There is nothing at '/nothing'.")
                .contains("GET /openapi");
        HttpResponse<String> other = send("PUT", "/deployments", "");
        assertThat(other.statusCode()).isEqualTo(405);
        assertThat(JSON.readTree(other.body()).path("message").asText())
                .startsWith("There is no PUT of '/deployments', but GET, HEAD, POST.");
    }
}
