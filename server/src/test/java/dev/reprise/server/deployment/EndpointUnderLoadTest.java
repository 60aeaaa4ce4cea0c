package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint.HttpVersion;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.server.client.HttpClient;
import dev.reprise.server.client.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint of this project's SDK takes as many attempts a second as a server can make. */
@Timeout(120)
class EndpointUnderLoadTest {
    private static final int ATTEMPTS = 3_000;
    private static final int AT_ONCE = 64;

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void attempts_thousandsOnAFewConnections_allComplete() throws IOException, InterruptedException {
        ServiceDefinition greeter = ServiceDefinition.service("Greeter")
                .handler("greet", String.class, String.class, (_, name) -> "Hello " + name)
                .build();
        try (EndpointServer server = Endpoint.bind(greeter).listen(0);
                HttpClient client = HttpClient.start(HttpOptions.DEFAULT)) {
            HttpDeploymentTransport transport =
                    new HttpDeploymentTransport(client, MessageLimits.DEFAULT, Optional.empty());
            Deployment deployment = ScriptedDeployment.deployment(
                    URI.create("http://localhost:" + server.port()), HttpVersion.HTTP_2, ProtocolMode.BIDI_STREAM);
            for (int i = 1; i <= ATTEMPTS; i++) {
                assertThat(room.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                attempt(transport, deployment, i);
            }
            assertThat(room.tryAcquire(AT_ONCE, 30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    private void attempt(HttpDeploymentTransport transport, Deployment deployment, long number) {
        AtomicReference<AttemptStream> stream = new AtomicReference<>();
        stream.set(transport.open(HttpDeploymentTransportTest.head(deployment, number), new AttemptListener() {
            // As the engine does: the last word ends the attempt.
            @Override
            public void onFrames(List<Frame> frames) {
                RawMessage last = frames.getLast().message();
                if (last.type() == MessageType.END.code()) {
                    stream.get().abort();
                    room.release();
                } else if (last.type() == MessageType.ERROR.code()) {
                    onFailed(last.toString());
                }
            }

            @Override
            public void onClosed() {
                room.release();
            }

            @Override
            public void onFailed(String reason) {
                failures.add(reason);
                room.release();
            }
        }));
        InvocationId id = new InvocationId(number, number, number);
        RawMessage start = MessageCodec.encode(new ControlMessage.Start(
                id.toBytes(), id.toString(), 1, List.of(), false, "", 0, 0, 0, null, null, null));
        RawMessage input = MessageCodec.encode(new Command.Input(List.of(), Bytes.utf8("\"Ada\""), ""));
        stream.get().send(List.of(start, input));
    }
}
