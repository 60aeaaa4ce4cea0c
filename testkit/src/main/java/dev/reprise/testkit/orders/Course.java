package dev.reprise.testkit.orders;

import dev.reprise.embedded.DroppedPromise;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.attempt.AttemptThreads.Closure;
import dev.reprise.sdk.attempt.FailureListener;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.HandlerDefinition;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.testkit.orders.Event.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One execution of a handler, from its beginning to its end, event by event. Used by one thread. */
final class Course implements AutoCloseable {
    private static final int EVENTS_MAX = 10_000;
    private static final int FAILURES_MAX = 20;

    private final OrderSetting setting;
    private final boolean lazyState;
    private final Object service;
    private final ServiceDefinition definition;
    private final HandlerDefinition handler;
    private final FootprintCollector uses;
    private final TurnThreads threads;
    private final InvocationHandler handlers;
    private final Answers answers;
    private final List<Message> journal = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final Map<String, Integer> signalsCome = new HashMap<>();
    private final List<Integer> awakeablesCome = new ArrayList<>();
    private DrivenAttempt attempt;
    private Result output = Result.Empty.INSTANCE;
    private int cancels;
    private int faults;
    private int failures;
    private @Nullable Throwable thrown;

    /** Starts a course; {@code lazyState}: whether the handler has to ask for its state. */
    Course(OrderSetting setting, boolean lazyState) {
        this.setting = setting;
        this.lazyState = lazyState;
        this.service = setting.newService();
        this.definition = OrderSetting.definition(service);
        this.handler = setting.handler(definition);
        this.uses = new FootprintCollector(!setting.isolated);
        this.threads = new TurnThreads(uses);
        this.handlers = new InvocationHandler(List.of(definition), threads, uses, () -> 0, new LastThrown());
        this.answers = new Answers(setting, definition.serdes());
        this.cancels = setting.cancels;
        this.faults = setting.faults;
        journal.add(new Command.Input(List.of(), handler.input().serialize(setting.input), ""));
        this.attempt = newAttempt();
    }

    /** Lets the handler run until it waits for the first time. */
    void begin() {
        timeline.add("begins");
        open();
        goOnAfterFailure();
    }

    private DrivenAttempt newAttempt() {
        return new DrivenAttempt(handlers, definition.name(), handler.name(), threads, this::issued);
    }

    private void open() {
        attempt.begin(
                journal, handler.kind().isKeyed() ? setting.key : "", failures, lazyState ? null : answers.state());
    }

    private void issued(Command command) {
        journal.add(command);
        commands.add(command);
        timeline.add("    " + OrderText.of(command));
        failures = 0;
        if (command instanceof Command.Output(Result result, String ignored)) {
            output = result;
        }
        answers.issued(command);
    }

    // -- what can happen

    /**
     * What can happen next, except for a crash: first what will come in any case, in the order in which it was
     * requested, then faults.
     */
    List<Event> possible() {
        List<Event> possible = new ArrayList<>();
        List<Event> faulty = new ArrayList<>();
        for (Answers.Open answer : answers.open()) {
            boolean isRun = answer.command() instanceof Command.Run;
            if (isRun ? threads.holds(answer.id()) : answers.canCome(answer)) {
                possible.add(Event.of(Kind.COMES, answer.id()));
            }
            if (isRun && faults > 0 && threads.holds(answer.id())) {
                faulty.add(Event.of(Kind.LOSES, answer.id()));
                faulty.add(Event.of(Kind.FAILS, answer.id()));
            }
        }
        for (int index : uses.awakeables()) {
            if (index - SignalIndex.FIRST_AWAKEABLE < setting.awakeables.size() && !awakeablesCome.contains(index)) {
                possible.add(Event.of(Kind.AWAKEABLE, index));
            }
        }
        setting.signals.forEach((name, values) -> {
            if (signalsCome.getOrDefault(name, 0) < values.size()) {
                possible.add(new Event(Kind.SIGNAL, 0, name));
            }
        });
        if (cancels > 0) {
            possible.add(Event.CANCEL);
        }
        possible.addAll(faulty);
        return possible;
    }

    /** Lets an event happen, and the handler continue as far as it can. */
    Footprint perform(Event event) {
        events.add(event);
        if (events.size() > EVENTS_MAX) {
            throw new Violation(Violation.Kind.STUCK, "It does not end after " + EVENTS_MAX + " events.");
        }
        Footprint footprint = new Footprint();
        uses.collect(footprint);
        int before = commands.size();
        long timers = timers(before);
        switch (event.kind()) {
            case COMES -> comes(event, footprint);
            case AWAKEABLE -> awakeable(event.number(), footprint);
            case SIGNAL -> signal(event.name(), footprint);
            case CANCEL -> cancel(footprint);
            case LOSES -> loses(event, footprint);
            case FAILS -> fails(event, footprint);
            case CRASH -> crash();
        }
        if (goOnAfterFailure() || attempt.hasEnded()) {
            footprint.everything();
        }
        if (commands.size() > before) {
            footprint.changed(Footprint.JOURNAL);
        }
        if (timers(before) > timers) {
            footprint.changed(Footprint.TIME);
        }
        return footprint;
    }

    private long timers(int from) {
        return commands.subList(from, commands.size()).stream()
                .filter(Command.Sleep.class::isInstance)
                .count();
    }

    private void comes(Event event, Footprint footprint) {
        Answers.Open answer = answers.find(event.number());
        switch (answer.command()) {
            case Command.Run run -> {
                footprint.changed(event.number());
                executed(run, answer.id());
            }
            case Command.Sleep sleep -> {
                footprint.changed(Footprint.TIME);
                uses.passTo(sleep.wakeUpTimeMillis());
                arrive(answer, Result.Empty.INSTANCE);
            }
            case Command.Call ignored
            when answer.type() == MessageType.CALL_COMPLETION -> {
                uses.foreignCode();
                arrive(answer, result(answer));
            }
            default -> arrive(answer, result(answer));
        }
    }

    private static Result result(Answers.Open answer) {
        if (answer.result() == null) {
            throw new IllegalStateException("only a closure makes the result of a run");
        }
        return answer.result().get();
    }

    private void arrive(Answers.Open answer, Result result) {
        timeline.add("comes " + answer.id() + ": " + what(answer) + " gives " + OrderText.of(result));
        answers.remove(answer.id());
        notify(new Notification(answer.type(), new CompletionId(answer.id()), result));
    }

    private static String what(Answers.Open answer) {
        return answer.type() == MessageType.CALL_INVOCATION_ID_COMPLETION
                ? "the id of " + OrderText.of(answer.command())
                : OrderText.of(answer.command());
    }

    private void notify(Notification notification) {
        journal.add(notification);
        failures = 0;
        attempt.receive(List.of(notification));
    }

    /** Executes a closure and stores its result. */
    private void executed(Command.Run run, int id) {
        uses.foreignCode();
        Closure closure = threads.take(id);
        steps.add(run.name());
        threads.start("run " + run.name(), closure);
        attempt.run();
        store(run, id);
    }

    private void store(Command.Run run, int id) {
        Result proposal = attempt.proposal(id);
        if (proposal == null) {
            timeline.add("comes " + id + ": " + OrderText.of(run) + " fails: " + thrown);
            endAttempt();
            return;
        }
        timeline.add("comes " + id + ": " + OrderText.of(run) + " gives " + OrderText.of(proposal));
        answers.remove(id);
        journal.add(new Notification(MessageType.RUN_COMPLETION, new CompletionId(id), proposal));
        failures = 0;
        attempt.receive(List.of(new ProposeRunCompletionAck(id)));
    }

    /** Fails a try; whatever else waits is tried in the next attempt. */
    private void endAttempt() {
        if (!attempt.isClosed()) {
            attempt.closeInput();
        }
        if (!attempt.isClosed()) {
            attempt.abort();
        }
    }

    private void awakeable(int index, Footprint footprint) {
        footprint.everything();
        awakeablesCome.add(index);
        int place = index - SignalIndex.FIRST_AWAKEABLE;
        Result value = OrderSetting.result(setting.awakeables.get(place), definition.serdes());
        come(new SignalIndex(index), "awakeable " + (place + 1), value);
    }

    private void signal(String name, Footprint footprint) {
        footprint.everything();
        int place = signalsCome.merge(name, 1, Integer::sum) - 1;
        List<Object> values = setting.signals.getOrDefault(name, List.of());
        come(
                new SignalName(name),
                "signal \"" + name + "\"",
                OrderSetting.result(values.get(place), definition.serdes()));
    }

    private void cancel(Footprint footprint) {
        footprint.everything();
        cancels--;
        timeline.add("the invocation is cancelled");
        notify(new Notification(MessageType.SIGNAL, SignalIndex.CANCEL, Result.Empty.INSTANCE));
    }

    private void come(NotificationId id, String what, Result value) {
        timeline.add("comes " + what + ": " + OrderText.of(value));
        notify(new Notification(MessageType.SIGNAL, id, value));
    }

    private void loses(Event event, Footprint footprint) {
        Command command = answers.find(event.number()).command();
        faults--;
        footprint.changed(Footprint.FAULTS);
        footprint.changed(event.number());
        uses.foreignCode();
        timeline.add("loses " + event.number() + ": " + OrderText.of(command)
                + " is executed, then a crash before it is stored");
        steps.add(command.name());
        threads.start("run " + command.name(), threads.take(event.number()));
        attempt.run();
        reopen();
    }

    private void fails(Event event, Footprint footprint) {
        Command command = answers.find(event.number()).command();
        faults--;
        footprint.changed(Footprint.FAULTS);
        footprint.changed(event.number());
        timeline.add("fails " + event.number() + ": a try of " + OrderText.of(command) + " fails");
        uses.collect(new Footprint());
        threads.take(event.number()).fail(new InjectedFailure());
        attempt.run();
        if (attempt.proposal(event.number()) == null) {
            endAttempt();
            failures++;
            reopen();
        } else {
            uses.collect(footprint);
            store((Command.Run) command, event.number());
        }
    }

    private void crash() {
        timeline.add("crash: the journal so far is replayed");
        reopen();
    }

    /** Starts the next attempt, which must reach the point where the last one stopped, and no further. */
    private void reopen() {
        int before = commands.size();
        nextAttempt();
        if (commands.size() > before && attempt.error() == null) {
            throw new Violation(
                    Violation.Kind.REPLAY,
                    "Expected it to wait after the replay as it did before, found: "
                            + OrderText.of(commands.get(before)) + ".");
        }
    }

    private void nextAttempt() {
        uses.collect(new Footprint());
        if (!attempt.isClosed()) {
            attempt.abort();
        }
        threads.dropClosures();
        uses.forgetPromises();
        attempt = newAttempt();
        open();
    }

    /** Starts further attempts while they fail; answers whether any did. */
    private boolean goOnAfterFailure() {
        boolean failed = false;
        while (!attempt.hasEnded() && attempt.isClosed()) {
            ErrorMessage error = attempt.error();
            if (error != null && error.code() == ErrorCode.JOURNAL_MISMATCH) {
                throw new Violation(Violation.Kind.REPLAY, error.message(), thrown);
            }
            failures++;
            if (error != null && (failures > FAILURES_MAX || error.behavior() != ErrorBehavior.RETRY)) {
                throw new Violation(Violation.Kind.FAILING, error.message(), thrown);
            }
            timeline.add("the attempt fails" + (error == null ? "" : ": " + error.message()) + "; the next one begins");
            nextAttempt();
            failed = true;
        }
        return failed;
    }

    /** The handler waits for something that cannot come. */
    Violation stuck() {
        attempt.closeInput();
        return new Violation(Violation.Kind.STUCK, "It waits for " + attempt.waitsFor() + ".");
    }

    // -- what has happened

    boolean hasEnded() {
        return attempt.hasEnded();
    }

    /** Runs the test's checks. */
    void check() {
        List<DroppedPromise> givenUp = setting.dropped.add(threads.dropped());
        if (setting.strictPromises && !givenUp.isEmpty()) {
            throw new Violation(Violation.Kind.DROPPED, givenUp.getFirst() + ".");
        }
        OrderOutcome outcome = new OrderOutcome(this);
        try {
            setting.checks.forEach(check -> check.accept(outcome));
        } catch (AssertionError | RuntimeException failed) {
            throw new Violation(Violation.Kind.CHECK, String.valueOf(failed.getMessage()), failed);
        }
    }

    /** What matters of its end: the output and the state. */
    String ending() {
        StringBuilder ending = new StringBuilder(OrderText.of(output));
        for (Map.Entry<Bytes, Bytes> entry : answers.state().entrySet()) {
            ending.append(", ")
                    .append(entry.getKey().utf8())
                    .append(" = ")
                    .append(entry.getValue().utf8());
        }
        return ending.toString();
    }

    List<Command> commands() {
        return commands;
    }

    List<Event> events() {
        return events;
    }

    List<String> timeline() {
        return timeline;
    }

    List<String> steps() {
        return steps;
    }

    Object service() {
        return service;
    }

    SerdeFactory serdes() {
        return definition.serdes();
    }

    String name() {
        return definition.name() + "/" + handler.name();
    }

    boolean hasState() {
        return handler.kind().isKeyed();
    }

    Result output() {
        return output;
    }

    Map<Bytes, Bytes> state() {
        return answers.state();
    }

    List<OrderCall> calls() {
        return answers.calls();
    }

    List<OrderCall> sends() {
        return answers.sends();
    }

    @Override
    public void close() {
        if (!attempt.isClosed()) {
            attempt.abort();
        }
        handlers.close();
    }

    /** Keeps what was thrown last; the timeline says what fails, and the log need not, in each order once more. */
    private final class LastThrown implements FailureListener {
        @Override
        public void failed(String invocationId, int number, Throwable cause) {
            thrown = cause;
        }

        @Override
        public boolean isLogged() {
            return false;
        }
    }

    /** The failure of a run's try when the order asks for one. */
    private static final class InjectedFailure extends Exception {
        private static final long serialVersionUID = 1L;

        InjectedFailure() {
            super("this order lets the try fail", null, false, false);
        }
    }
}
