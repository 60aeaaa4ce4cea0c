package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceBuilderTest {
    private static ServiceDefinition greeter() {
        return ServiceDefinition.service("Greeter")
                .handler("greet", String.class, String.class, (ctx, name) -> "Hello " + name)
                .handler("all", new TypeRef<List<String>>() {}, TypeRef.of(Integer.class), (ctx, names) -> names.size())
                .handler("raw", Serde.raw(), Serde.raw(), (ctx, bytes) -> bytes)
                .build();
    }

    @Test
    void service_built_runsItsHandlers() throws Throwable {
        ServiceDefinition service = greeter();
        Context ctx = Contexts.unused(Context.class);

        assertThat(service.kind()).isEqualTo(ServiceType.SERVICE);
        assertThat(service.handler("greet").orElseThrow().invoke(ctx, "Ada")).isEqualTo("Hello Ada");
        assertThat(service.handler("all").orElseThrow().invoke(ctx, List.of("a", "b")))
                .isEqualTo(2);
    }

    @Test
    void serdes_ofHandlers_areAsSaid() {
        HandlerDefinition all = greeter().handler("all").orElseThrow();

        assertThat(all.input().deserialize(Bytes.utf8("[\"a\"]"))).isEqualTo(List.of("a"));
        assertThat(greeter().handler("raw").orElseThrow().input()).isEqualTo(Serde.raw());
    }

    @Test
    void object_built_hasTypedContexts() throws Throwable {
        ServiceDefinition counter = ServiceDefinition.object("Counter")
                .handler("key", Void.class, String.class, (ObjectContext ctx, Void nothing) -> ctx.key())
                .shared("total", Void.class, Long.class, (ctx, nothing) -> 1L)
                .build();

        assertThat(counter.handlers())
                .extracting(HandlerDefinition::name, HandlerDefinition::kind)
                .containsExactly(tuple("key", HandlerKind.OBJECT_EXCLUSIVE), tuple("total", HandlerKind.OBJECT_SHARED));
        assertThat(counter.handler("total").orElseThrow().input()).isEqualTo(Serde.none());
    }

    @Test
    void workflow_built_hasRunAndShared() {
        ServiceDefinition signup = ServiceDefinition.workflow("Signup")
                .run("run", String.class, Boolean.class, (ctx, email) -> true)
                .shared("status", Void.class, String.class, (SharedWorkflowContext ctx, Void nothing) -> "waiting")
                .build();

        assertThat(signup.handlers())
                .extracting(HandlerDefinition::name, HandlerDefinition::kind)
                .containsExactly(tuple("run", HandlerKind.WORKFLOW_RUN), tuple("status", HandlerKind.WORKFLOW_SHARED));
    }

    @Test
    void options_ofServiceAndHandler_arePutTogether() {
        ServiceDefinition service = ServiceDefinition.service("Greeter")
                .handler("greet", String.class, String.class, (ctx, name) -> name)
                .options(HandlerOptions.builder()
                        .ingressPrivate(true)
                        .metadata("team", "a")
                        .build())
                .options(
                        "greet",
                        HandlerOptions.builder()
                                .documentation("old")
                                .journalRetention(Duration.ofDays(1))
                                .build())
                .build()
                .withOptions(HandlerOptions.builder().metadata("tier", "1").build())
                .withOptions(
                        "greet", HandlerOptions.builder().documentation("new").build());

        assertThat(service.options().ingressPrivate()).isTrue();
        assertThat(service.options().metadata()).containsEntry("team", "a").containsEntry("tier", "1");
        HandlerOptions greet = service.handler("greet").orElseThrow().options();
        assertThat(greet.documentation()).isEqualTo("new");
        assertThat(greet.journalRetention()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void noHandler_built_isRefused() {
        assertThatThrownBy(() -> ServiceDefinition.service("Greeter").build())
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessage("Expected service Greeter to have a handler, found none. Add one before build().");
    }

    @Test
    void sameNameTwice_added_isRefused() {
        assertThatThrownBy(() -> ServiceDefinition.service("Greeter")
                        .handler("greet", Void.class, Integer.class, (ctx, nothing) -> 1)
                        .handler("greet", Void.class, Integer.class, (ctx, nothing) -> 2))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("found two named \"greet\"");
    }

    @Test
    void badNames_used_areRefused() {
        assertThatThrownBy(() -> ServiceDefinition.object("1st"))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("found \"1st\"");
        assertThatThrownBy(() ->
                        ServiceDefinition.service("A").handler("b.c", Void.class, Integer.class, (ctx, nothing) -> 1))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("Expected the name of a handler of A to match");
    }

    @Test
    void workflowRuns_notExactlyOne_isRefused() {
        assertThatThrownBy(() -> ServiceDefinition.workflow("W")
                        .shared("a", Void.class, Integer.class, (ctx, nothing) -> 1)
                        .build())
                .hasMessageContaining("Expected workflow W to have one handler that runs it, found 0");
        assertThatThrownBy(() -> ServiceDefinition.workflow("W")
                        .run("a", Void.class, Integer.class, (ctx, nothing) -> 1)
                        .run("b", Void.class, Integer.class, (ctx, nothing) -> 1)
                        .build())
                .hasMessageContaining("found 2");
    }

    @Test
    void optionsOfUnknownHandler_given_areRefused() {
        assertThatThrownBy(() -> ServiceDefinition.service("A").options("b", HandlerOptions.NONE))
                .hasMessageContaining("Expected a handler of A, found \"b\"");
        assertThatThrownBy(() -> greeter().withOptions("b", HandlerOptions.NONE))
                .hasMessageContaining("It has: all, greet, raw.");
    }
}
