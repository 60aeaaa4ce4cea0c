package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeRef;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceDefinitionTest {
    @Service(documentation = "Says hello.")
    static class Greeter {
        private final String greeting;

        Greeter(String greeting) {
            this.greeting = greeting;
        }

        @Handler(documentation = "To one.", accept = "text/*")
        public String greet(Context ctx, String name) {
            return greeting + " " + name;
        }

        @Handler
        public Map<String, List<Long>> lengths(Context ctx, List<String> names) {
            return Map.of(
                    "all", names.stream().map(name -> (long) name.length()).toList());
        }

        @Handler
        String packagePrivate(Context ctx) {
            return greeting;
        }

        @Handler
        public void fail(Context ctx) throws IOException {
            throw new IOException("down");
        }

        public String notAHandler(String text, int number) {
            return text + number;
        }
    }

    @VirtualObject
    @Name("counters.total-v2")
    static final class Counter {
        private long total;

        @Handler
        public void add(ObjectContext ctx, long amount) {
            total += amount;
        }

        @Shared
        @Name("total")
        public long readTotal(SharedObjectContext ctx) {
            return total;
        }

        @Handler
        @Shared
        public boolean isSmall(Context ctx) {
            return total < 10;
        }
    }

    @Workflow
    static final class Signup {
        @Handler
        public boolean run(WorkflowContext ctx, String email) {
            return !email.isEmpty();
        }

        @Shared
        public void confirm(SharedWorkflowContext ctx, @Nullable Void nothing) {}
    }

    private static @Nullable Object invoke(ServiceDefinition service, String handler, @Nullable Object input)
            throws Throwable {
        HandlerDefinition definition = service.handler(handler).orElseThrow();
        return definition.invoke(Contexts.unused(ContextTypes.of(definition.kind())), input);
    }

    @Test
    void service_annotated_hasHandlersByName() {
        ServiceDefinition service = ServiceDefinition.of(new Greeter("Hello"));

        assertThat(service.name()).isEqualTo("Greeter");
        assertThat(service.kind()).isEqualTo(ServiceType.SERVICE);
        assertThat(service.handlers())
                .extracting(HandlerDefinition::name)
                .containsExactly("fail", "greet", "lengths", "packagePrivate");
        assertThat(service.handlers()).extracting(HandlerDefinition::kind).containsOnly(HandlerKind.SERVICE);
        assertThat(service.options().documentation()).isEqualTo("Says hello.");
        assertThat(service.handler("notAHandler")).isEmpty();
    }

    @Test
    void handler_annotated_hasItsOptions() {
        HandlerDefinition greet =
                ServiceDefinition.of(new Greeter("Hello")).handler("greet").orElseThrow();

        assertThat(greet.options().documentation()).isEqualTo("To one.");
        assertThat(greet.options().accept()).isEqualTo("text/*");
    }

    @Test
    void handler_invoked_callsTheServiceObject() throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(new Greeter("Hello"));

        assertThat(invoke(service, "greet", "Ada")).isEqualTo("Hello Ada");
        assertThat(invoke(service, "packagePrivate", null)).isEqualTo("Hello");
    }

    @Test
    void handler_genericTypes_haveTheirSerdes() throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(new Greeter("Hello"));
        HandlerDefinition lengths = service.handler("lengths").orElseThrow();

        Object input = lengths.input().deserialize(Bytes.utf8("[\"a\",\"bcd\"]"));

        assertThat(lengths.output().serialize(invoke(service, "lengths", input)).utf8())
                .isEqualTo("{\"all\":[1,3]}");
    }

    @Test
    void handler_throws_sameExceptionComesOut() {
        assertThatThrownBy(() -> invoke(ServiceDefinition.of(new Greeter("Hello")), "fail", null))
                .isInstanceOf(IOException.class)
                .hasMessage("down");
    }

    @Test
    void object_annotated_hasKindsAndNames() throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(new Counter());

        assertThat(service.name()).isEqualTo("counters.total-v2");
        assertThat(service.handlers())
                .extracting(HandlerDefinition::name, HandlerDefinition::kind)
                .containsExactly(
                        tuple("add", HandlerKind.OBJECT_EXCLUSIVE),
                        tuple("isSmall", HandlerKind.OBJECT_SHARED),
                        tuple("total", HandlerKind.OBJECT_SHARED));
        assertThat(invoke(service, "add", 12L)).isNull();
        assertThat(invoke(service, "total", null)).isEqualTo(12L);
        assertThat(invoke(service, "isSmall", null)).isEqualTo(false);
    }

    @Test
    void workflow_annotated_hasRunAndShared() throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(new Signup());

        assertThat(service.handler("run").orElseThrow().kind()).isEqualTo(HandlerKind.WORKFLOW_RUN);
        assertThat(service.handler("confirm").orElseThrow().kind()).isEqualTo(HandlerKind.WORKFLOW_SHARED);
        assertThat(service.handler("confirm").orElseThrow().input()).isEqualTo(Serde.none());
        assertThat(invoke(service, "run", "a@b")).isEqualTo(true);
    }

    @Service
    interface Quotes {
        @Handler
        List<String> quote(Context ctx, List<Long> ids);
    }

    static final class QuotesService implements Quotes {
        @Override
        public List<String> quote(Context ctx, List<Long> ids) {
            return ids.stream().map(String::valueOf).toList();
        }
    }

    @Test
    void service_annotatedInInterface_isNamedByIt() throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(new QuotesService());

        assertThat(service.name()).isEqualTo("Quotes");
        assertThat(invoke(service, "quote", List.of(1L, 2L))).isEqualTo(List.of("1", "2"));
    }

    abstract static class Crud<T> {
        @Handler
        public abstract T put(ObjectContext ctx, T value);
    }

    @VirtualObject
    static final class Users extends Crud<List<Long>> {
        @Override
        public List<Long> put(ObjectContext ctx, List<Long> value) {
            return value;
        }
    }

    @Test
    void handler_overridesTypeVariable_hasActualType() throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(new Users());
        HandlerDefinition put = service.handler("put").orElseThrow();

        Object read = put.input().deserialize(Bytes.utf8("[7]"));

        assertThat(invoke(service, "put", read)).isEqualTo(List.of(7L));
    }

    /** Writes text as it is. */
    static final class PlainText implements SerdeFactory {
        @Override
        @SuppressWarnings("unchecked")
        public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
            return (Serde<T>) new Serde<String>() {
                @Override
                public Bytes serialize(String value) {
                    return Bytes.utf8(value);
                }

                @Override
                public String deserialize(Bytes bytes) {
                    return bytes.utf8();
                }
            };
        }
    }

    @Service
    static final class Mixed {
        @Handler(serde = PlainText.class)
        public String plain(Context ctx, String text) {
            return text;
        }

        @Handler
        public String json(Context ctx, String text) {
            return text;
        }
    }

    @Service(serde = PlainText.class)
    static final class AllPlain {
        @Handler
        public String plain(Context ctx, String text) {
            return text;
        }
    }

    @Test
    void handler_namesSerdeFactory_itIsUsed() {
        ServiceDefinition service = ServiceDefinition.of(new Mixed());

        assertThat(service.handler("plain").orElseThrow().output().serialize("a"))
                .isEqualTo(Bytes.utf8("a"));
        assertThat(service.handler("json").orElseThrow().output().serialize("a"))
                .isEqualTo(Bytes.utf8("\"a\""));
        assertThat(service.serdes()).isSameAs(SerdeFactory.json());
    }

    @Test
    void service_namesSerdeFactory_allHandlersUseIt() {
        ServiceDefinition service = ServiceDefinition.of(new AllPlain());

        assertThat(service.handler("plain").orElseThrow().input().deserialize(Bytes.utf8("a")))
                .isEqualTo("a");
        assertThat(service.serdes()).isInstanceOf(PlainText.class);
    }
}
