package dev.reprise.interop.corpus;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** The programs with our SDK. */
record RepriseTasks(Context ctx) implements Tasks<RestatePromise<String>> {
    static final String SERVICE = "CorpusReprise";

    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);

    /** All programs, suspended whenever they wait. */
    static ServiceDefinition service() {
        ServiceBuilder.OfService service = ServiceDefinition.service(SERVICE);
        Corpus.all()
                .forEach((name, program) ->
                        service.handler(name, TEXT, TEXT, (ctx, _) -> program.run(new RepriseTasks(ctx))));
        return service.build()
                .withOptions(HandlerOptions.builder()
                        .inactivityTimeout(Duration.ZERO)
                        .build());
    }

    @Override
    public RestatePromise<String> ok(String name) {
        return ctx.runAsync(name, TEXT, () -> name);
    }

    @Override
    public RestatePromise<String> fails(String name) {
        return ctx.runAsync(name, TEXT, () -> {
            throw new TerminalException(409, name + " failed");
        });
    }

    @Override
    public Pending<RestatePromise<String>> awakeable() {
        Awakeable<String> awakeable = ctx.awakeable(String.class);
        return new Pending<>(awakeable.id(), awakeable.promise());
    }

    @Override
    public void resolve(String awakeableId, String value) {
        ctx.awakeableHandle(awakeableId).resolve(value);
    }

    @Override
    public RestatePromise<String> timer(Duration duration) {
        return ctx.timer(duration).map(_ -> "slept");
    }

    @Override
    public RestatePromise<String> orTimeout(RestatePromise<String> promise, Duration timeout) {
        return promise.orTimeout(timeout);
    }

    @Override
    public RestatePromise<String> all(List<RestatePromise<String>> promises) {
        return RestatePromise.<String>all(promises).map(texts -> String.join(",", texts));
    }

    @Override
    public RestatePromise<String> race(List<RestatePromise<String>> promises) {
        return RestatePromise.race(promises);
    }

    @Override
    public String awaitAny(List<RestatePromise<String>> promises) {
        return RestatePromise.any(promises).await();
    }

    @Override
    public RestatePromise<String> allSettled(List<RestatePromise<String>> promises) {
        return RestatePromise.allSettled(promises)
                .map(all -> all.stream()
                        .map(settled -> settled instanceof Settled.Rejected<String> ? "no" : "yes")
                        .collect(Collectors.joining(",")));
    }

    @Override
    public RestatePromise<String> select(RestatePromise<String> first, RestatePromise<String> second) {
        return RestatePromise.select(
                RestatePromise.when(first, text -> "first " + text),
                RestatePromise.when(second, text -> "second " + text));
    }

    @Override
    public Iterator<String> asCompleted(List<RestatePromise<String>> promises) {
        Iterator<RestatePromise<String>> completed =
                RestatePromise.asCompleted(promises).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return completed.hasNext();
            }

            @Override
            public String next() {
                return completed.next().await();
            }
        };
    }

    @Override
    public int awaitCompleted(int count, List<RestatePromise<String>> promises) {
        return RestatePromise.waitCompleted(count, promises).await().pending().size();
    }

    @Override
    public RestatePromise<String> call(String program) {
        return ctx.call(Target.service(SERVICE, program), TEXT, "go", TEXT, CallOptions.NONE);
    }

    @Override
    public String await(RestatePromise<String> promise) {
        return promise.await();
    }

    @Override
    public String awaitOr(RestatePromise<String> promise, String otherwise) {
        return promise.recover(_ -> otherwise).await();
    }
}
