package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the compiler says about mistakes in a handler: what is wrong stands in its first lines, before the overloads
 * that nobody meant.
 */
class CompilerMessagesTest {
    private static final int FIRST_LINES = 9;

    /**
     * What still fits on a large screen: three lines for each form of a run, of which half take closures that look at
     * their step.
     */
    private static final int LINES_MAX = 45;

    @TempDir
    private Path folder;

    static List<Arguments> mistakes() {
        return List.of(
                arguments(
                        "a step's class forgotten",
                        "String s = ctx.run(\"x\", () -> \"a\");",
                        "lambda body is not compatible with a void functional interface"),
                arguments(
                        "a step's class forgotten, with a block",
                        "String s = ctx.run(\"x\", () -> { return \"a\"; });",
                        "unexpected return value"),
                arguments(
                        "a step's class is another",
                        "String s = ctx.run(\"x\", Integer.class, () -> \"a\");",
                        "equality constraints: Integer"),
                arguments(
                        "await forgotten",
                        "String s = ctx.runAsync(\"x\", String.class, () -> \"a\");",
                        "RestatePromise<T> conforms to String"),
                arguments(
                        "a call's class forgotten",
                        "String s = ctx.call(Target.service(\"G\", \"greet\"), \"a\").await();",
                        "call(Target,Object,Class<T#1>) is not applicable"),
                arguments(
                        "a client's class forgotten",
                        "String s = client.call(Target.service(\"G\", \"greet\"), \"a\");",
                        "call(Target,@org.jspecify.annotations.Nullable Object,Class<T#1>) is not applicable"),
                arguments(
                        "an input of another type",
                        "ctx.service(G.class).call(G::greet, 5).await();",
                        "upper bounds: String,Object"),
                arguments(
                        "an input forgotten",
                        "ctx.service(G.class).call(G::greet).await();",
                        "actual and formal argument lists differ in length"),
                arguments(
                        "a handler of another class",
                        "ctx.service(H.class).call(G::greet, \"a\").await();",
                        "method greet in class G cannot be applied to given types"),
                arguments(
                        "a handler that is not there",
                        "ctx.service(G.class).call(G::great, \"a\").await();",
                        "cannot find symbol"),
                arguments(
                        "a lambda for a method reference",
                        "ctx.service(G.class).call((g, c, s) -> g.greet(c, s), \"a\").await();",
                        "reference to call is ambiguous"),
                arguments("seconds for a duration", "ctx.sleep(5);", "int cannot be converted to Duration"),
                arguments("a name for a state key", "ctx.get(\"a\");", "String cannot be converted to StateKey<T>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mistakes(String what, String statement, String told) throws IOException {
        assertThat(report(statement).limit(FIRST_LINES).collect(Collectors.joining("\n")))
                .as(what)
                .contains(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "runAsync"})
    void report_ofAForgottenClass_fitsOnAScreen(String verb) throws IOException {
        assertThat(report("var s = ctx." + verb + "(\"x\", () -> \"a\");")).hasSizeLessThanOrEqualTo(LINES_MAX);
    }

    private Stream<String> report(String statement) throws IOException {
        Path source = Files.writeString(folder.resolve("Mistake.java"), """
                import dev.reprise.sdk.*;
                import dev.reprise.sdk.client.*;
                class Mistake {
                    static class G { public String greet(Context ctx, String name) { return name; } }
                    static class H { public String greet(Context ctx, String name) { return name; } }
                    void a(ObjectContext ctx, Client client) throws Exception {
                        %s
                    }
                }
                """.formatted(statement));
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        report,
                        report,
                        "-proc:none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-d",
                        folder.toString(),
                        source.toString());

        assertThat(status).as(statement).isNotZero();
        return report.toString(StandardCharsets.UTF_8).lines();
    }
}
