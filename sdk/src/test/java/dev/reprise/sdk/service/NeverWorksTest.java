package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Types and methods that would bind by their shape and fail at each invocation, and what they are told when bound. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // what is refused is never called
class NeverWorksTest {
    private static void refused(Object service, String... parts) {
        assertThatThrownBy(() -> ServiceDefinition.of(service))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContainingAll(parts);
    }

    sealed interface Payment permits Card {}

    record Card(String number) implements Payment {}

    @Service
    static final class TakesSealed {
        @Handler
        public void pay(Context ctx, Payment payment) {}
    }

    @Test
    void abstractInput_bound_isRefusedWithTheAnnotationsToAdd() {
        refused(
                new TakesSealed(),
                "input of TakesSealed.pay(Context, Payment)",
                "it is abstract",
                "Add @JsonTypeInfo and @JsonSubTypes to it, so that the JSON says which class it is; or name one class.");
    }

    @Service
    static final class TakesBytes {
        @Handler
        public void upload(Context ctx, InputStream bytes) {}
    }

    @Test
    void streamOfBytes_bound_isRefusedWithByteArray() {
        refused(new TakesBytes(), "TakesBytes.upload(Context, InputStream)", "Read it into a byte[] or a String.");
    }

    @Service
    static final class GivesCode {
        @Handler
        public Supplier<String> later(Context ctx) {
            return () -> "x";
        }
    }

    @Test
    void code_bound_isRefusedWithItsValue() {
        refused(
                new GivesCode(),
                "result of GivesCode.later(Context)",
                "Code cannot be sent: give the value it computes.");
    }

    record Order(String id, Stream<String> items) {}

    @Service
    static final class TakesNestedStream {
        @Handler
        public void order(Context ctx, List<Order> orders) {}
    }

    @Test
    void nestedStream_bound_isRefusedWithItsPlace() {
        refused(new TakesNestedStream(), "java.util.stream.Stream<java.lang.String> at \"[].items\"", "into a list.");
    }

    @VirtualObject
    static final class KeepsFuture {
        private static final StateKey<Future<String>> WORK = StateKey.of("work", new TypeRef<>() {});

        @Handler
        public void begin(ObjectContext ctx) {
            ctx.clear(WORK);
        }
    }

    @Test
    void stateKey_bound_isRefusedWithItsField() {
        refused(
                new KeepsFuture(),
                "Expected a serde for the state key \"work\" in KeepsFuture.WORK, found none: ",
                "Wait for it, and give its value.");
    }

    abstract static class Keeping {
        private static final StateKey<Payment> LAST = StateKey.of("last", Payment.class);

        StateKey<Payment> last() {
            return LAST;
        }
    }

    @VirtualObject
    static final class Inheriting extends Keeping {
        @Handler
        public void begin(ObjectContext ctx) {}
    }

    @Test
    void stateKeyOfASuperclass_bound_isRefused() {
        refused(new Inheriting(), "the state key \"last\" in Keeping.LAST");
    }

    @VirtualObject
    static final class KeepsWithItsOwnSerde {
        private static final StateKey<byte[]> RAW = StateKey.of("raw", Serde.raw());
        private static final StateKey<List<String>> NAMES = StateKey.of("names", new TypeRef<>() {});

        @Handler
        public void begin(ObjectContext ctx) {}
    }

    @Test
    void stateKeysThatComeBack_bound_areNotRefused() {
        assertThat(ServiceDefinition.of(new KeepsWithItsOwnSerde()).handlers()).hasSize(1);
    }

    @Service
    static final class Suspending {
        @Handler
        public Object greet(Context ctx, String name, Continuation<? super String> done) {
            return name;
        }
    }

    @Service
    static final class SuspendingWithoutInput {
        @Handler
        public Object greet(Context ctx, Continuation<? super String> done) {
            return "";
        }
    }

    @Test
    void suspendFunction_bound_isRefusedWithPlainFunction() {
        String remedy = "expected a plain function, found a suspend function of Kotlin. Remove suspend: a handler has a"
                + " thread of its own, and may wait.";
        refused(new Suspending(), "Handler Suspending.greet(Context, String, Continuation): " + remedy);
        refused(new SuspendingWithoutInput(), remedy);
    }

    /** As Kotlin's compiler makes {@code data class Mail(val to: String, val text: String)}. */
    @Metadata
    static final class Mail {
        private final String to;
        private final String text;

        Mail(String to, String text) {
            this.to = to;
            this.text = text;
        }

        public String getTo() {
            return to;
        }

        public String getText() {
            return text;
        }
    }

    @Service
    static final class TakesDataClass {
        @Handler
        public void send(Context ctx, List<Mail> mails) {}
    }

    @Test
    void dataClassWithoutKotlinModule_bound_isRefusedWithTheDependency() {
        refused(
                new TakesDataClass(),
                "TakesDataClass.send(Context, List)",
                "Mail at \"[]\"",
                "It is a class of Kotlin: add the dependency com.fasterxml.jackson.module:jackson-module-kotlin, which the"
                        + " standard mapper finds; register it with a mapper of your own:"
                        + " addModule(new KotlinModule.Builder().build()).");
    }

    /** As Spring's, by its name. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Workflow {}

    /** As another library's. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Shared {}

    @Workflow
    static final class OtherAnnotation {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void annotationOfAnotherLibrary_bound_isRefusedWithTheImport() {
        refused(
                new OtherAnnotation(),
                "found none but @dev.reprise.sdk.service.NeverWorksTest$Workflow, which is another. Import"
                        + " dev.reprise.sdk.annotation.Workflow");
    }

    @VirtualObject
    static final class OtherHandlerAnnotation {
        @Shared
        public void a(Context ctx) {}
    }

    @Test
    void handlerAnnotationOfAnotherLibrary_bound_isRefusedWithTheImport() {
        refused(
                new OtherHandlerAnnotation(),
                "found none but @dev.reprise.sdk.service.NeverWorksTest$Shared, which is another. Import"
                        + " dev.reprise.sdk.annotation.Shared");
    }

    @Test
    void builder_typesThatDoNotComeBack_areRefusedWithTheHandler() {
        assertThatThrownBy(() -> ServiceDefinition.service("Shop")
                        .handler("pay", Payment.class, String.class, (ctx, payment) -> "paid"))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContainingAll("the input of Shop/pay", "it is abstract");
        assertThatThrownBy(() -> ServiceDefinition.service("Shop")
                        .handler(
                                "pay",
                                TypeRef.of(String.class),
                                new TypeRef<@Nullable Future<String>>() {},
                                (ctx, in) -> null))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContainingAll("the result of Shop/pay", "Wait for it");
    }

    static class GreetsByName {
        @Handler
        public String greet(Context ctx, String name) {
            return "Hello " + name;
        }
    }

    @Service
    static final class InheritsHandler extends GreetsByName {}

    @Service
    static final class OverridesHandler extends GreetsByName {
        @Override
        public String greet(Context ctx, String name) {
            return "Hi " + name;
        }
    }

    interface Greeting {
        @Handler
        default String greet(Context ctx, String name) {
            return "Hey " + name;
        }
    }

    @Service
    static final class ImplementsHandler implements Greeting {}

    @Test
    void annotatedMethodOfASuperclassOrInterface_bound_isAHandler() throws Throwable {
        for (Object service : List.of(new InheritsHandler(), new OverridesHandler(), new ImplementsHandler())) {
            HandlerDefinition greet =
                    ServiceDefinition.of(service).handler("greet").orElseThrow();
            assertThat((String) greet.invoke(Contexts.unused(Context.class), "Ada"))
                    .startsWith("H")
                    .endsWith("Ada");
        }
    }
}
