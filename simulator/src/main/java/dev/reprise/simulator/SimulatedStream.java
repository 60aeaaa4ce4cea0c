package dev.reprise.simulator;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.check.WatchedStream;
import dev.reprise.simulator.world.Fault;
import dev.reprise.simulator.world.World;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An attempt's stream between a node and the deployment. Both ends know only what has arrived, and both learn of a
 * break at times of their own.
 */
final class SimulatedStream implements AttemptStream, WatchedStream {
    private static final long NOTICE_MICROS_MAX = 5_000;

    private final World world;
    private final SimulatedNode node;
    private final AttemptHead head;
    private final AttemptListener listener;
    private final List<Peer> peers = new ArrayList<>();
    private final Wire toDeployment;
    private final Wire toNode;
    private final FrameDecoder fromDeployment = new FrameDecoder();
    private final long epoch;
    private final long knownLsn;
    private boolean over;
    private boolean cut;
    private boolean lastWordSaid;

    SimulatedStream(World world, SimulatedNode node, AttemptHead head, AttemptListener listener, long number) {
        this.world = world;
        this.node = node;
        this.head = head;
        this.listener = listener;
        this.epoch = node.epoch(head.invocationId());
        this.knownLsn = node.knownLsn(head.invocationId());
        this.toDeployment = new Wire(world, "stream " + number + " >");
        this.toNode = new Wire(world, "stream " + number + " <");
    }

    @Override
    public InvocationId invocationId() {
        return head.invocationId();
    }

    AttemptHead head() {
        return head;
    }

    @Override
    public SimulatedNode node() {
        return node;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    /** See {@link SimulatedNode#knownLsn}. */
    long knownLsn() {
        return knownLsn;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public boolean isCut() {
        return cut;
    }

    /** Connects; messages sent meanwhile arrive after that. */
    void connect(SimulatedDeployment deployment) {
        if (world.strikes(Fault.REFUSED)) {
            breakOff("connection refused");
            return;
        }
        toDeployment.send("connect", () -> {
            peers.addAll(deployment.connect(this));
            if (peers.isEmpty()) {
                breakOff("nobody listens");
            }
        });
    }

    /** One end at the deployment. */
    void sendToNode(List<RawMessage> messages) {
        toNode.send(messages, this::arriveAtNode);
    }

    void closeToNode() {
        toNode.send("end", this::endAtNode);
    }

    private void arriveAtNode(ByteBuffer bytes) {
        if (interrupted()) {
            return;
        }
        if (world.strikes(Fault.HALF_CLOSE)) {
            endAtNode();
            return;
        }
        List<Frame> frames = fromDeployment.decode(bytes);
        if (!over && !frames.isEmpty()) {
            lastWordSaid |= isLastWord(frames.getLast().message().type());
            node.checks()
                    .messagesFromHandler(
                            this, frames.stream().map(Frame::message).toList());
            node.guard(() -> listener.onFrames(frames));
        }
    }

    private static boolean isLastWord(int type) {
        return type == MessageType.END.code()
                || type == MessageType.SUSPENSION.code()
                || type == MessageType.ERROR.code();
    }

    private void endAtNode() {
        toNode.cutOff();
        if (!over) {
            over = true;
            node.guard(listener::onClosed);
        }
    }

    @Override
    public void send(List<RawMessage> messages) {
        if (over) {
            return;
        }
        node.checks().messagesToHandler(this, messages);
        toDeployment.send(messages, bytes -> {
            if (interrupted()) {
                return;
            }
            if (world.strikes(Fault.HALF_CLOSE)) {
                cut = true;
                toDeployment.cutOff();
                peers.forEach(Peer::closeInput);
            } else {
                peers.forEach(peer -> peer.receive(bytes.duplicate()));
            }
        });
    }

    private boolean interrupted() {
        boolean interrupted = world.strikes(Fault.RESET);
        if (interrupted) {
            breakOff("reset");
        }
        return interrupted;
    }

    @Override
    public void closeInput() {
        if (!over) {
            node.checks().inputClosed(this);
        }
        toDeployment.send("end", () -> peers.forEach(Peer::closeInput));
    }

    @Override
    public void abort() {
        if (!over && !lastWordSaid && node.runs(invocationId())) {
            node.checks().streamCut(this);
        }
        end();
    }

    private void end() {
        over = true;
        toNode.cutOff();
        toDeployment.cutOff();
        later("deployment sees the abort", () -> peers.forEach(Peer::abort));
    }

    /** The node is gone. */
    void nodeDied() {
        end();
    }

    /** Ends the stream for both sides, which notice it after a while. */
    void breakOff(String reason) {
        toNode.cutOff();
        toDeployment.cutOff();
        later("deployment sees: " + reason, () -> peers.forEach(Peer::abort));
        later("node sees: " + reason, () -> {
            if (!over) {
                over = true;
                node.guard(() -> listener.onFailed(reason));
            }
        });
    }

    private void later(String what, Runnable action) {
        world.queue().in(world.dice().micros(NOTICE_MICROS_MAX), what, action);
    }
}
