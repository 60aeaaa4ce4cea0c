package dev.reprise.interop.corpus;

import dev.restate.common.Request;
import dev.restate.common.Target;
import dev.restate.sdk.Awakeable;
import dev.restate.sdk.Context;
import dev.restate.sdk.DurableFuture;
import dev.restate.sdk.HandlerRunner;
import dev.restate.sdk.Select;
import dev.restate.sdk.common.TerminalException;
import dev.restate.sdk.endpoint.definition.HandlerDefinition;
import dev.restate.sdk.endpoint.definition.HandlerType;
import dev.restate.sdk.endpoint.definition.ServiceDefinition;
import dev.restate.sdk.endpoint.definition.ServiceType;
import dev.restate.serde.Serde;
import dev.restate.serde.jackson.JacksonSerdeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The programs with the official Java SDK. What it has no word for is said with its {@code any}, the first to settle.
 */
record OfficialTasks(Context ctx) implements Tasks<DurableFuture<String>> {
    static final String SERVICE = "CorpusOfficial";

    private static final Serde<String> TEXT = JacksonSerdeFactory.DEFAULT.create(String.class);

    /** All programs, suspended whenever they wait. */
    static ServiceDefinition service() {
        List<HandlerDefinition<?, ?>> handlers = new ArrayList<>();
        Corpus.all().forEach((name, program) -> handlers.add(handler(name, program)));
        return ServiceDefinition.of(SERVICE, ServiceType.SERVICE, handlers)
                .configure(service -> service.inactivityTimeout(Duration.ZERO));
    }

    private static HandlerDefinition<String, String> handler(String name, Corpus.Program program) {
        HandlerRunner<String, String> runner = HandlerRunner.of(
                (Context ctx, String _) -> program.run(new OfficialTasks(ctx)),
                JacksonSerdeFactory.DEFAULT,
                HandlerRunner.Options.DEFAULT);
        return HandlerDefinition.of(name, HandlerType.SHARED, TEXT, TEXT, runner);
    }

    @Override
    public DurableFuture<String> ok(String name) {
        return ctx.runAsync(name, TEXT, () -> name);
    }

    @Override
    public DurableFuture<String> fails(String name) {
        return ctx.runAsync(name, TEXT, () -> {
            throw new TerminalException(409, name + " failed");
        });
    }

    @Override
    public Pending<DurableFuture<String>> awakeable() {
        Awakeable<String> awakeable = ctx.awakeable(TEXT);
        return new Pending<>(awakeable.id(), awakeable);
    }

    @Override
    public void resolve(String awakeableId, String value) {
        ctx.awakeableHandle(awakeableId).resolve(TEXT, value);
    }

    @Override
    public DurableFuture<String> timer(Duration duration) {
        return ctx.timer(duration).map(_ -> "slept");
    }

    @Override
    public DurableFuture<String> orTimeout(DurableFuture<String> promise, Duration timeout) {
        return promise.withTimeout(timeout);
    }

    @Override
    public DurableFuture<String> all(List<DurableFuture<String>> promises) {
        return DurableFuture.all(List.<DurableFuture<?>>copyOf(promises))
                .map(_ -> promises.stream().map(DurableFuture::await).collect(Collectors.joining(",")));
    }

    @Override
    public DurableFuture<String> race(List<DurableFuture<String>> promises) {
        Select<String> race = Select.select();
        promises.forEach(race::or);
        return race;
    }

    @Override
    public String awaitAny(List<DurableFuture<String>> promises) {
        List<DurableFuture<String>> pending = new ArrayList<>(promises);
        while (true) {
            DurableFuture<String> settled = removeSettled(pending);
            try {
                return settled.await();
            } catch (TerminalException failedForGood) {
                if (pending.isEmpty()) {
                    throw failedForGood;
                }
            }
        }
    }

    @Override
    public DurableFuture<String> allSettled(List<DurableFuture<String>> promises) {
        return all(promises.stream()
                .map(promise -> promise.map(_ -> "yes", _ -> "no"))
                .toList());
    }

    @Override
    public DurableFuture<String> select(DurableFuture<String> first, DurableFuture<String> second) {
        return Select.<String>select().when(first, text -> "first " + text).when(second, text -> "second " + text);
    }

    @Override
    public Iterator<String> asCompleted(List<DurableFuture<String>> promises) {
        List<DurableFuture<String>> pending = new ArrayList<>(promises);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !pending.isEmpty();
            }

            @Override
            public String next() {
                return removeSettled(pending).await();
            }
        };
    }

    @Override
    public int awaitCompleted(int count, List<DurableFuture<String>> promises) {
        List<DurableFuture<String>> pending = new ArrayList<>(promises);
        while (promises.size() - pending.size() < count) {
            removeSettled(pending);
        }
        return pending.size();
    }

    /** Waits for the first to settle, and takes it out. */
    private static DurableFuture<String> removeSettled(List<DurableFuture<String>> pending) {
        int index = DurableFuture.any(List.<DurableFuture<?>>copyOf(pending)).await();
        return pending.remove(index);
    }

    @Override
    public DurableFuture<String> call(String program) {
        return ctx.call(Request.of(Target.service(SERVICE, program), TEXT, TEXT, "go"));
    }

    @Override
    public String await(DurableFuture<String> promise) {
        return promise.await();
    }

    @Override
    public String awaitOr(DurableFuture<String> promise, String otherwise) {
        try {
            return promise.await();
        } catch (TerminalException failedForGood) {
            return otherwise;
        }
    }
}
