package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One class for each way not to be a service, and what it is told. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable"}) // the wrong shapes are never called
class WrongShapeTest {
    static void refused(Object service, String... parts) {
        assertThatThrownBy(() -> ServiceDefinition.of(service))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContainingAll(parts);
    }

    static final class NeedsArgument implements SerdeFactory {
        private final String argument;

        NeedsArgument(String argument) {
            this.argument = argument;
        }

        @Override
        public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
            throw new SerdeException(argument, null);
        }
    }

    static final class KnowsNothing implements SerdeFactory {
        @Override
        public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
            throw new SerdeException("nothing known", null);
        }
    }

    static final class NoAnnotation {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void noAnnotation_bound_isRefused() {
        refused(new NoAnnotation(), "Expected @Service, @VirtualObject or @Workflow on class", "found none");
    }

    @Service
    @VirtualObject
    static final class TwoAnnotations {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void twoAnnotations_bound_isRefused() {
        refused(
                new TwoAnnotations(),
                "Expected one of",
                "found @Service on TwoAnnotations and @VirtualObject on TwoAnnotations",
                "Keep one");
    }

    @Service
    static final class NoHandlers {
        public void a(Context ctx) {}
    }

    @Test
    void noHandlers_bound_isRefused() {
        refused(new NoHandlers(), "to have a handler, found no method with @Handler or @Shared");
    }

    @Service
    static final class TwoInputs {
        @Handler
        public void a(Context ctx, String one, String two) {}
    }

    @Test
    void twoInputs_bound_isRefused() {
        refused(
                new TwoInputs(),
                "TwoInputs.a(Context, String, String): expected at most one input after the context, found 2 inputs. Put them into one record.");
    }

    @Service
    static final class NoParameter {
        @Handler
        public void a() {}
    }

    @Test
    void noParameter_bound_isRefused() {
        refused(
                new NoParameter(),
                "expected Context as first parameter of a service's handler, found no parameter. Add it");
    }

    @VirtualObject
    static final class NoContext {
        @Handler
        public void a(String one) {}
    }

    @Test
    void noContext_bound_isRefused() {
        refused(
                new NoContext(),
                "expected ObjectContext as first parameter of a virtual object's handler, found String. Put the context first.");
    }

    @Service
    static final class ContextLast {
        @Handler
        public void a(String one, Context ctx) {}
    }

    @Test
    void contextLast_bound_isRefused() {
        refused(new ContextLast(), "found String. Put the context first.");
    }

    @Service
    static final class TwoContexts {
        @Handler
        public void a(Context one, Context two) {}
    }

    @Test
    void twoContexts_bound_isRefused() {
        refused(new TwoContexts(), "expected one context and then at most one input, found two contexts");
    }

    @Service
    static final class ObjectContextInService {
        @Handler
        public void a(ObjectContext ctx) {}
    }

    @Test
    void objectContextInService_bound_isRefused() {
        refused(
                new ObjectContextInService(),
                "expected Context as first parameter of a service's handler, found ObjectContext. Change it to Context.");
    }

    @VirtualObject
    static final class WorkflowContextInObject {
        @Handler
        public void a(WorkflowContext ctx) {}
    }

    @Test
    void workflowContextInObject_bound_isRefused() {
        refused(
                new WorkflowContextInObject(),
                "expected ObjectContext",
                "found WorkflowContext. Change it to ObjectContext.");
    }

    @VirtualObject
    static final class ExclusiveContextInShared {
        @Shared
        public void a(ObjectContext ctx) {}
    }

    @Test
    void exclusiveContextInShared_bound_isRefused() {
        refused(
                new ExclusiveContextInShared(),
                "expected SharedObjectContext as first parameter of a virtual object's shared handler, found ObjectContext. Change it to SharedObjectContext, which only reads, or replace @Shared by @Handler to have the key for itself.");
    }

    @Workflow
    static final class ExclusiveContextInSharedWorkflow {
        @Handler
        public void run(WorkflowContext ctx) {}

        @Shared
        public void a(WorkflowContext ctx) {}
    }

    @Test
    void exclusiveContextInSharedWorkflow_bound_isRefused() {
        refused(
                new ExclusiveContextInSharedWorkflow(),
                "expected SharedWorkflowContext",
                "found WorkflowContext",
                "which only reads");
    }

    @Service
    static final class SharedInService {
        @Shared
        public void a(Context ctx) {}
    }

    @Test
    void sharedInService_bound_isRefused() {
        refused(
                new SharedInService(),
                "expected no @Shared in a service, whose handlers share nothing, found @Shared. Put @Handler there instead, or make the class a @VirtualObject.");
    }

    @Workflow
    static final class NoRun {
        @Shared
        public void a(SharedWorkflowContext ctx) {}
    }

    @Test
    void noRun_bound_isRefused() {
        refused(
                new NoRun(),
                "to have one handler that runs it, with @Handler and without @Shared, found none. Add a method such as run(WorkflowContext ctx");
    }

    @Workflow
    static final class TwoRuns {
        @Handler
        public void run(WorkflowContext ctx) {}

        @Handler
        public void walk(WorkflowContext ctx) {}
    }

    @Test
    void twoRuns_bound_isRefused() {
        refused(
                new TwoRuns(),
                "found TwoRuns.run(WorkflowContext) and TwoRuns.walk(WorkflowContext). Put @Shared on the handlers");
    }

    @Service
    static final class DuplicateNames {
        @Handler
        public void a(Context ctx) {}

        @Handler
        public void a(Context ctx, String one) {}
    }

    @Test
    void duplicateNames_bound_isRefused() {
        refused(
                new DuplicateNames(),
                "to have a name of its own, found two named \"a\": ",
                "DuplicateNames.a(Context) and DuplicateNames.a(Context, String)",
                "Give one of them another with @Name");
    }

    @Service
    static final class DuplicateGivenNames {
        @Handler
        public void a(Context ctx) {}

        @Handler
        @Name("a")
        public void b(Context ctx) {}
    }

    @Test
    void duplicateGivenNames_bound_isRefused() {
        refused(new DuplicateGivenNames(), "found two named \"a\"");
    }

    @Service
    static final class PrivateHandler {
        @Handler
        private void a(Context ctx) {}
    }

    @Test
    void privateHandler_bound_isRefused() {
        refused(new PrivateHandler(), "expected a method that others can call, found a private one. Make it public.");
    }

    @Service
    static final class StaticHandler {
        @Handler
        public static void a(Context ctx) {}
    }

    @Test
    void staticHandler_bound_isRefused() {
        refused(new StaticHandler(), "expected a method of the service object, found a static one. Remove static.");
    }

    @Service
    static final class MethodTypeParameter {
        @Handler
        public <T> void a(Context ctx, T input) {}
    }

    @Test
    void methodTypeParameter_bound_isRefused() {
        refused(new MethodTypeParameter(), "found type parameters on the method");
    }

    @Service
    static final class InputTypeVariable<T> {
        @Handler
        public void a(Context ctx, List<T> input) {}
    }

    @Test
    void inputTypeVariable_bound_isRefused() {
        refused(
                new InputTypeVariable<String>(),
                "expected the type of the input to be known when the service is bound, found the type variable in java.util.List<T>");
    }

    @Service
    static final class OutputTypeVariable<T> {
        @Handler
        public T[] a(Context ctx) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void outputTypeVariable_bound_isRefused() {
        refused(
                new OutputTypeVariable<String>(),
                "expected the type of the result to be known",
                "found the type variable in T[]");
    }

    @Service
    static final class ReturnsFuture {
        @Handler
        public CompletableFuture<String> a(Context ctx) {
            return new CompletableFuture<>();
        }
    }

    @Test
    void returnsFuture_bound_isRefused() {
        refused(
                new ReturnsFuture(),
                "expected the result itself as return type, found CompletableFuture. Await it in the handler and return the value.");
    }

    @Service
    static final class ReturnsPromise {
        @Handler
        public RestatePromise<String> a(Context ctx) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void returnsPromise_bound_isRefused() {
        refused(new ReturnsPromise(), "expected the result itself as return type, found RestatePromise");
    }

    @Service
    static final class NameWithoutHandler {
        @Name("b")
        public void a(Context ctx) {}
    }

    @Test
    void nameWithoutHandler_bound_isRefused() {
        refused(
                new NameWithoutHandler(),
                "expected @Handler or @Shared beside @Name, found @Name alone. Add @Handler.");
    }

    @Service
    static final class SerdeFactoryWithoutConstructor {
        @Handler(serde = NeedsArgument.class)
        public void a(Context ctx) {}
    }

    @Test
    void serdeFactoryWithoutConstructor_bound_isRefused() {
        refused(
                new SerdeFactoryWithoutConstructor(),
                "Expected the serde factory",
                "of SerdeFactoryWithoutConstructor.a(Context) to be a class with a constructor without parameters");
    }

    @Service(serde = KnowsNothing.class)
    static final class NoSerdeForType {
        @Handler
        public void a(Context ctx, Thread input) {}
    }

    @Test
    void noSerdeForType_bound_isRefused() {
        refused(
                new NoSerdeForType(),
                "Expected a serde for the input of NoSerdeForType.a(Context, Thread), which is java.lang.Thread, found none: nothing known");
    }

    @VirtualObject
    interface Api {
        @Handler
        void a(ObjectContext ctx);
    }

    @VirtualObject
    static final class AnnotatedTwice implements Api {
        @Override
        public void a(ObjectContext ctx) {}
    }

    @Test
    void annotatedInClassAndInterface_bound_isRefused() {
        refused(new AnnotatedTwice(), "found @VirtualObject on AnnotatedTwice and @VirtualObject on Api", "Keep one");
    }

    interface Store<T> {
        @Handler
        default void put(Context ctx, T value) {}
    }

    @Service
    static final class Inherited implements Store<String> {}

    @Test
    void typeVariableNotOverridden_bound_isRefused() {
        refused(new Inherited(), "found the type variable in T. Override the method in the service's class");
    }

    @Test
    void classInPlaceOfObject_bound_isRefused() {
        refused(Inherited.class, "Expected a service object, found class", "such as new Inherited()");
    }
}
