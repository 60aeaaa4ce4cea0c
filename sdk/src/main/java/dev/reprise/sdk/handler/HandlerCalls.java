package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.vm.CallHandle;
import dev.reprise.sdk.vm.CallRequest;
import dev.reprise.sdk.vm.SendRequest;
import org.jspecify.annotations.Nullable;

/** The calls of a handler or of one of its branches, each a command of its context. */
final class HandlerCalls implements CallSender {
    private final HandlerContext context;

    HandlerCalls(HandlerContext context) {
        this.context = context;
    }

    @Override
    public SerdeFactory serdes() {
        return context.serdes();
    }

    @Override
    public <T extends @Nullable Object> CallPromise<T> call(
            Target target, CallOptions options, Bytes parameter, Serde<T> result, boolean othersMayWait) {
        CallHandle call = context.issue(machine -> machine.call(callRequest(target, options, parameter)));
        RestatePromise<String> invocationId =
                context.attempt().graph().fact(call.invocationId(), Decoders.invocationId());
        context.attempt().cancellation().track(call.invocationId(), invocationId);
        InvocationHandle invocation = new HandlerInvocation(context, invocationId);
        boolean shared = othersMayWait || options.idempotencyKey() != null;
        CallPromise<T> promise = context.attempt()
                .graph()
                .call(call.result(), Decoders.value("The result of", target, result), invocation, asked -> {
                    if (asked || !shared) {
                        context.attempt().cancellation().giveUp(call.invocationId());
                    }
                });
        return context.attempt().made().made("call", target, promise);
    }

    @Override
    public InvocationHandle send(Target target, SendOptions options, Bytes parameter) {
        CallRequest call = callRequest(target, options.call(), parameter);
        long invokeTimeMillis = options.delay().isZero()
                ? 0
                : Times.millisAfter(context.attempt().setup().clock(), options.delay());
        return new HandlerInvocation(
                context,
                context.attempt()
                        .graph()
                        .fact(
                                context.issue(machine -> machine.oneWayCall(new SendRequest(call, invokeTimeMillis))),
                                Decoders.invocationId()));
    }

    private static CallRequest callRequest(Target target, CallOptions options, Bytes parameter) {
        String key = target.key();
        return new CallRequest(
                target.service(),
                target.handler(),
                key == null ? "" : key,
                parameter,
                options.headers(),
                options.idempotencyKey(),
                options.scope(),
                options.limitKey(),
                options.name());
    }
}
