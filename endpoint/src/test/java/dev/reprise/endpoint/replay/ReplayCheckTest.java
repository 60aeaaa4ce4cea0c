package dev.reprise.endpoint.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of an admin API that servers seldom give. */
class ReplayCheckTest {
    private static final InvocationId ID = InvocationId.fresh(7, 1_000, 11, 13);
    private static final String DRAWN = "drawn";
    private static final String PLAIN = "plain";

    /** What a server would answer. */
    private final List<String> rows = new ArrayList<>();

    private HttpServer admin;
    private String version = "1.8.0";
    private String handler = PLAIN;
    private int protocol = 7;
    private int journalReads;
    private int cutReads;

    /** Gives the services. */
    public static final class Services {
        private Services() {}

        @Service
        @Name("Chances")
        public static final class Chances {
            @Handler
            public void drawn(Context ctx, String name) {
                ctx.run("ticket " + ctx.uuid(), () -> {});
            }

            @Handler
            public void plain(Context ctx, String name) {
                ctx.run("second", () -> {});
                ctx.uuid();
            }
        }

        public static List<ServiceDefinition> services() {
            return List.of(ServiceDefinition.of(new Chances()));
        }
    }

    @BeforeEach
    void start() throws IOException {
        admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        admin.createContext("/version", exchange -> answer(exchange, "{\"version\":\"" + version + "\"}"));
        admin.createContext("/query", this::query);
        admin.start();
        entry("Command: Input", new Command.Input(List.of(), Bytes.utf8("\"Ada\""), ""));
        entry("Command: Run", new Command.Run(1, "first"));
    }

    @AfterEach
    void stop() {
        admin.stop(0);
    }

    private void entry(String type, Message message) {
        String raw =
                HexFormat.of().formatHex(MessageCodec.encode(message).body().array());
        rows.add("{\"id\":\"%s\",\"index\":%d,\"entry_type\":\"%s\",\"raw\":\"%s\"}"
                .formatted(ID, rows.size(), type, raw));
    }

    private void query(HttpExchange exchange) throws IOException {
        String sql = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (sql.contains("information_schema")) {
            answer(exchange, "{\"rows\":[{\"column_name\":\"id\"},{\"column_name\":\"restarted_from\"}]}");
        } else if (sql.contains("sys_invocation")) {
            answer(exchange, """
                    {"rows":[{"id":"%s","target_service_name":"Chances","target_handler_name":"%s",
                    "pinned_service_protocol_version":%d}]}""".formatted(ID, handler, protocol));
        } else {
            boolean isCut = journalReads++ < cutReads;
            answer(exchange, "{\"rows\":[" + String.join(",", isCut ? rows.subList(1, rows.size()) : rows) + "]}");
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String check() throws InterruptedException {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        String address = "http://127.0.0.1:" + admin.getAddress().getPort() + "/";
        String[] arguments = {
            "--admin", address, "--classpath", ".", "--main", Services.class.getName(),
        };
        int exitCode = ReplayCheck.run(arguments, out, out);
        return said.toString(StandardCharsets.UTF_8) + exitCode;
    }

    @Test
    void differenceBehindADraw_seedNotKnown_isUnknown() throws InterruptedException {
        handler = DRAWN;

        assertThat(check())
                .contains("unknown: Chances/drawn " + ID, "the seed of its random numbers is not known")
                .endsWith("0 diverging, 1 unknown\n0");
    }

    @Test
    void differenceBehindADraw_seedFollowsFromTheId_diverges() throws InterruptedException {
        handler = DRAWN;
        version = "1.7.12";
        assertThat(check()).endsWith("1 diverging, 0 unknown\n1");

        version = "2.0.0";
        protocol = 5;
        assertThat(check()).endsWith("1 diverging, 0 unknown\n1");
    }

    @Test
    void differenceBeforeADraw_seedNotKnown_diverges() throws InterruptedException {
        assertThat(check()).contains("attempted: run (name 'second')").endsWith("1 diverging, 0 unknown\n1");
    }

    @Test
    void handlerThatIsGone_diverges() throws InterruptedException {
        handler = "gone";

        assertThat(check()).contains("no handler 'gone' any more").endsWith("1 diverging, 0 unknown\n1");
    }

    @Test
    void journalThatIsCut_isReadAgain() throws InterruptedException {
        cutReads = 2;
        assertThat(check()).endsWith("1 diverging, 0 unknown\n1");
        assertThat(journalReads).isEqualTo(3);

        cutReads = 1_000;
        assertThat(check()).contains("entries are missing").endsWith("0 diverging, 1 unknown\n0");
    }

    @Test
    void journalOfANewerProtocol_isRefused() throws InterruptedException {
        protocol = 8;

        assertThat(check()).contains("found 8 at " + ID, "--where").endsWith("\n2");
    }

    @Test
    void entryOfAnUnknownType_isRefused() throws InterruptedException {
        rows.set(1, rows.get(1).replace("Command: Run", "Command: Dance"));

        assertThat(check()).contains("found 'Command: Dance' at index 1").endsWith("\n2");
    }

    @Test
    void entryThatCannotBeRead_isUnknown() throws InterruptedException {
        rows.set(1, rows.get(1).replaceAll("\"raw\":\".*\"", "\"raw\":\"ffff\""));

        assertThat(check()).endsWith("0 diverging, 1 unknown\n0");
    }
}
