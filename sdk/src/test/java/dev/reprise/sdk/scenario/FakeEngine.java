package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An engine for one invocation: it keeps the journal, completes what the handler waits for in a random order and at
 * random times, and resumes the handler when it has suspended or failed. Then it replays the journal cut at every
 * place.
 *
 * <p>A call of handler {@code fail} fails; every other call, and every sleep, succeeds.
 */
final class FakeEngine {
    private static final int ATTEMPTS_MAX = 200;
    private static final int MILLIS_MAX = 300;

    private final ServiceDefinition service;
    private final ProtocolVersion version;
    private final Random random;
    private final List<Message> journal = new ArrayList<>();
    private final List<Notification> possible = new ArrayList<>();
    private @Nullable FutureTree suspendedOn;
    /** So much of the journal the present attempt has seen. */
    private int known;

    private boolean ended;
    private int failedAttempts;
    private @Nullable ErrorMessage lastError;

    FakeEngine(ServiceDefinition service, ProtocolVersion version, long seed) {
        this.service = service;
        this.version = version;
        this.random = new Random(seed);
        journal.add(FakeAttempt.input("null"));
    }

    /** A notification that will arrive some time, without a command that asks for it. */
    FakeEngine later(Notification notification) {
        possible.add(notification);
        return this;
    }

    /** Runs the invocation to its end; false if it waits for something that never comes. */
    boolean run() {
        for (int i = 0; i < ATTEMPTS_MAX && !ended; i++) {
            suspendedOn = null;
            attempt();
            if (suspendedOn != null && !resolve(suspendedOn)) {
                return false;
            }
        }
        assertThat(ended)
                .as("attempts are too many; the last error: %s", lastError)
                .isTrue();
        return true;
    }

    /** The journal, the output included if the invocation ended. */
    List<Message> journal() {
        return journal;
    }

    private void attempt() {
        FakeAttempt attempt = new FakeAttempt(service, version, this::sent, random.nextLong());
        known = journal.size();
        attempt.replay(journal, failedAttempts);
        boolean inputClosed = false;
        while (!attempt.isClosed()) {
            if (!inputClosed && random.nextInt(8) == 0) {
                attempt.advance(Duration.ofMillis(random.nextInt(MILLIS_MAX)));
            } else if (!inputClosed && !possible.isEmpty() && random.nextInt(8) > 0) {
                Notification next = possible.remove(random.nextInt(possible.size()));
                attempt.receive(arrive(next, attempt));
            } else {
                assertThat(inputClosed)
                        .as("the handler hangs; it sent %s", attempt.sent())
                        .isFalse();
                inputClosed = true;
                attempt.closeInput();
            }
        }
    }

    /** Journals a notification, and gives the message that tells of it. */
    private Message arrive(Notification next, FakeAttempt attempt) {
        store(next);
        known = journal.size();
        boolean proposedHere = next.type() == MessageType.RUN_COMPLETION
                && attempt.sent(ProposeRunCompletion.class).stream()
                        .anyMatch(p -> new CompletionId(p.resultCompletionId()).equals(next.id()));
        return proposedHere && version == ProtocolVersion.V7
                ? new ProposeRunCompletionAck(((CompletionId) next.id()).id())
                : next;
    }

    private void store(Message entry) {
        journal.add(entry);
        failedAttempts = 0;
    }

    private void sent(Message message) {
        switch (message) {
            case Command command -> {
                store(command);
                answers(command);
            }
            case ProposeRunCompletion(int id, Result result, int ignored) ->
                propose(FakeAttempt.completion(MessageType.RUN_COMPLETION, id, result));
            case Suspension(FutureTree tree) -> suspendedOn = tree;
            case ErrorMessage error -> {
                assertThat(error.code()).as(error.toString()).isEqualTo(500);
                failedAttempts++;
                lastError = error;
            }
            case End() -> ended = true;
            default -> {}
        }
    }

    /** The first result counts that is proposed for a run. */
    private void propose(Notification result) {
        boolean known = Stream.concat(journal.stream(), possible.stream())
                .anyMatch(entry -> entry instanceof Notification notification
                        && notification.id().equals(result.id()));
        if (!known) {
            possible.add(result);
        }
    }

    private void answers(Command command) {
        switch (command) {
            case Command.Sleep sleep -> possible.add(FakeAttempt.slept(sleep.resultCompletionId()));
            case Command.Call call -> {
                possible.add(FakeAttempt.callStarted(call.invocationIdCompletionId(), "inv_" + call.handlerName()));
                possible.add(FakeAttempt.completion(
                        MessageType.CALL_COMPLETION, call.resultCompletionId(), callResult(call)));
            }
            default -> {}
        }
    }

    private static Result callResult(Command.Call call) {
        return call.handlerName().equals("fail")
                ? new Result.Failed(
                        new Failure(404, "called " + call.parameter().utf8()))
                : new Result.Value(Bytes.utf8("\"called " + call.handlerName() + "\""));
    }

    /** Lets things happen until the handler that suspended can go on; false if that never is. */
    private boolean resolve(FutureTree tree) {
        assertThat(progress(tree)).as("suspended although resolved: %s", tree).isEqualTo(Progress.PENDING);
        while (progress(tree) == Progress.PENDING) {
            if (possible.isEmpty()) {
                return false;
            }
            store(possible.remove(random.nextInt(possible.size())));
        }
        return true;
    }

    private Progress progress(FutureTree tree) {
        return tree.progress(this::progress);
    }

    /** Of signals of one name and cancellations, those the handler has seen are used up. */
    private Progress progress(NotificationId id) {
        return journal.stream()
                .skip(id.recurs() ? known : 0)
                .filter(entry -> entry instanceof Notification notification
                        && notification.id().equals(id))
                .findFirst()
                .map(entry ->
                        ((Notification) entry).result() instanceof Result.Failed ? Progress.FAILED : Progress.SUCCEEDED)
                .orElse(Progress.PENDING);
    }

    /** Replays every prefix of the journal and then what followed it: the handler must do the same each time. */
    void replayAtEveryCut() {
        for (int cut = 1; cut <= journal.size(); cut++) {
            replayFrom(cut);
        }
    }

    private void replayFrom(int cut) {
        List<Message> known = journal.subList(0, cut);
        List<Message> rest = journal.subList(cut, journal.size());
        FakeAttempt attempt = new FakeAttempt(service, version, message -> {}, random.nextLong());
        attempt.replay(known, 0);
        for (Message entry : rest) {
            if (entry instanceof Notification notification && !attempt.isClosed()) {
                attempt.receive(notification);
            }
        }
        assertThat(attempt.sent(ErrorMessage.class))
                .filteredOn(error -> error.code() != 500)
                .as("cut at %d of %s", cut, journal)
                .isEmpty();
        if (attempt.sent(ErrorMessage.class).isEmpty()) {
            assertThat(commands(attempt.sent()))
                    .as("cut at %d of %s", cut, journal)
                    .isEqualTo(commands(rest));
        }
    }

    /** The commands, without the times of timers: a replay may come to them at another time. */
    private static List<Message> commands(List<Message> messages) {
        return messages.stream()
                .filter(Command.class::isInstance)
                .map(command -> command instanceof Command.Sleep(var millis, int id, String name)
                        ? new Command.Sleep(0, id, name)
                        : command)
                .toList();
    }
}
