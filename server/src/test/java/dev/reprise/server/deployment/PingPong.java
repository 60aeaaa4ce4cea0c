package dev.reprise.server.deployment;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.protocol.MessageType;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An attempt that answers each message with another until it has had enough, against a handler that echoes. */
final class PingPong {
    private final CompletableFuture<AttemptStream> stream = new CompletableFuture<>();
    private final DeploymentTransport transport;
    private final AttemptHead head;
    private int left;

    PingPong(DeploymentTransport transport, AttemptHead head, int rounds) {
        this.transport = transport;
        this.head = head;
        this.left = rounds;
    }

    RecordedAttempt start() {
        RecordedAttempt attempt = new RecordedAttempt(_ -> echoed());
        AttemptStream opened = transport.open(head, attempt);
        stream.complete(opened);
        send(opened);
        return attempt;
    }

    private void echoed() {
        left--;
        AttemptStream opened = stream.join();
        opened.taken(1);
        if (left == 0) {
            opened.closeInput();
        } else {
            send(opened);
        }
    }

    private static void send(AttemptStream opened) {
        opened.send(List.of(HttpDeploymentTransportTest.message(MessageType.RUN_COMPLETION, 100)));
    }
}
