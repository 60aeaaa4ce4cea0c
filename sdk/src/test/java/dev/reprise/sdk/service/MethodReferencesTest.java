package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.MethodReference;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.serde.Serde;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodReferencesTest {
    interface Resettable {
        @Handler
        default void reset(ObjectContext ctx) {}
    }

    @VirtualObject
    @Name("counter")
    static class Counter implements Resettable {
        @Handler
        public void add(ObjectContext ctx, long amount) throws IOException {}

        @Shared
        @Name("read")
        public Map<String, List<Long>> total(SharedObjectContext ctx) {
            return Map.of();
        }

        public String helper(ObjectContext ctx) {
            return "";
        }
    }

    @Service
    interface Greeter {
        @Handler
        String greet(Context ctx, List<Long> ids);
    }

    static final class GreeterService implements Greeter {
        @Override
        public String greet(Context ctx, List<Long> ids) {
            return "";
        }
    }

    abstract static class Crud<T> {
        @Handler
        public abstract T put(ObjectContext ctx, T value);
    }

    @VirtualObject
    static final class Users extends Crud<String> {
        @Override
        public String put(ObjectContext ctx, String value) {
            return value;
        }
    }

    private static final MethodReferences<Counter> COUNTER =
            MethodReferences.of(Counter.class, ServiceType.VIRTUAL_OBJECT);

    private static <S, C, I, O> MethodReference<S> mapping(MethodReference.Mapping<S, C, I, O> reference) {
        return reference;
    }

    private static <S, C, O> MethodReference<S> supplying(MethodReference.Supplying<S, C, O> reference) {
        return reference;
    }

    private static <S, C, I> MethodReference<S> accepting(MethodReference.Accepting<S, C, I> reference) {
        return reference;
    }

    private static <S, C> MethodReference<S> running(MethodReference.Running<S, C> reference) {
        return reference;
    }

    @Test
    void handlerWithoutResult_resolved_hasInputAndNoOutput() {
        HandlerReference add = COUNTER.resolve(accepting(Counter::add));

        assertThat(add.service()).isEqualTo("counter");
        assertThat(add.handler()).isEqualTo("add");
        assertThat(add.kind()).isEqualTo(HandlerKind.OBJECT_EXCLUSIVE);
        assertThat(add.input().serialize(5L)).isEqualTo(Bytes.utf8("5"));
        assertThat(add.output()).isEqualTo(Serde.none());
    }

    @Test
    void handlerWithoutInput_resolved_hasGenericResult() {
        HandlerReference total = COUNTER.resolve(supplying(Counter::total));

        assertThat(total.handler()).isEqualTo("read");
        assertThat(total.kind()).isEqualTo(HandlerKind.OBJECT_SHARED);
        assertThat(total.input()).isEqualTo(Serde.none());
        assertThat(total.output().deserialize(Bytes.utf8("{\"a\":[1]}"))).isEqualTo(Map.of("a", List.of(1L)));
    }

    @Test
    void handlerOfInterface_resolvedByClass_isFound() {
        assertThat(COUNTER.resolve(running(Counter::reset)).handler()).isEqualTo("reset");
    }

    @Test
    void handlerInAnnotatedInterface_resolvedByEither_isTheSame() {
        HandlerReference byInterface =
                MethodReferences.of(Greeter.class, ServiceType.SERVICE).resolve(mapping(Greeter::greet));
        HandlerReference byClass =
                MethodReferences.of(GreeterService.class, ServiceType.SERVICE).resolve(mapping(GreeterService::greet));

        assertThat(byInterface.service()).isEqualTo("Greeter").isEqualTo(byClass.service());
        assertThat(byInterface.handler()).isEqualTo("greet").isEqualTo(byClass.handler());
        assertThat(byInterface.input().deserialize(Bytes.utf8("[1]"))).isEqualTo(List.of(1L));
    }

    @Test
    void handlerOfGenericSuperclass_resolved_hasActualTypes() {
        HandlerReference put =
                MethodReferences.of(Users.class, ServiceType.VIRTUAL_OBJECT).resolve(mapping(Users::put));

        assertThat(put.output().deserialize(Bytes.utf8("\"a\""))).isEqualTo("a");
    }

    @Test
    void sameReference_resolvedTwice_isReadOnce() {
        MethodReference<Counter> first = accepting(Counter::add);

        assertThat(COUNTER.resolve(first))
                .isSameAs(COUNTER.resolve(first))
                .isSameAs(COUNTER.resolve(accepting(Counter::add)));
        assertThat(MethodReferences.of(Counter.class, ServiceType.VIRTUAL_OBJECT))
                .isSameAs(COUNTER);
    }

    @Test
    void methodThatIsNoHandler_resolved_isRefused() {
        assertThatThrownBy(() -> COUNTER.resolve(supplying(Counter::helper)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("found method", "Counter.helper. Put @Handler or @Shared on it.");
    }

    @Test
    @SuppressWarnings("UnnecessaryLambda")
    void lambda_resolved_isRefused() {
        MethodReference.Accepting<Counter, ObjectContext, Long> lambda =
                (counter, ctx, amount) -> counter.add(ctx, amount);

        assertThatThrownBy(() -> COUNTER.resolve(lambda))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Expected a method reference such as Counter::add, found a lambda");
    }

    @Test
    void capturingLambda_resolved_isRefused() {
        String captured = "x".repeat(3);
        MethodReference.Supplying<Counter, ObjectContext, String> lambda = (counter, ctx) -> captured;

        assertThatThrownBy(() -> COUNTER.resolve(lambda)).hasMessageContaining("found a lambda");
    }

    @Test
    void objectOfAClass_resolved_isRefused() {
        MethodReference<Counter> object = new MethodReference<>() {
            private static final long serialVersionUID = 1L;
        };

        assertThatThrownBy(() -> COUNTER.resolve(object))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found an object of class");
    }

    @Test
    void otherKind_asked_isRefused() {
        assertThatThrownBy(() -> MethodReferences.of(Counter.class, ServiceType.SERVICE))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("to be a service, found a virtual object");
        assertThatThrownBy(() -> MethodReferences.of(String.class, ServiceType.SERVICE))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("Expected @Service, @VirtualObject or @Workflow");
    }
}
