package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.MethodReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services in modules of their users, which say what others may reach. */
class ModuleAccessTest {
    private static final String SERVICE = """
            package shop;

            import dev.reprise.sdk.Context;
            import dev.reprise.sdk.annotation.Handler;
            import dev.reprise.sdk.annotation.Service;
            import dev.reprise.sdk.MethodReference;
            import java.util.concurrent.Callable;

            @Service
            public class Shop implements Callable<MethodReference<Shop>> {
                @Handler
                public String buy(Context ctx, String what) {
                    return "bought " + what;
                }

                @Override
                public MethodReference<Shop> call() {
                    MethodReference.Mapping<Shop, Context, String, String> reference = Shop::buy;
                    return reference;
                }
            }
            """;

    @TempDir
    private Path folder;

    /** A shop from a module whose declaration has the given line. */
    private Callable<?> shop(String directive) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = folder.resolve("classes");
        Path module = sources.resolve("module-info.java");
        Path service = Files.createDirectories(sources.resolve("shop")).resolve("Shop.java");
        Files.writeString(
                module, "module shop { provides java.util.concurrent.Callable with shop.Shop; " + directive + " }");
        Files.writeString(service, SERVICE);
        List<String> arguments = List.of(
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--add-reads",
                "shop=ALL-UNNAMED",
                module.toString(),
                service.toString());
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        StringWriter report = new StringWriter();
        PrintWriter lines = new PrintWriter(report);
        assertThat(javac.run(lines, lines, arguments.toArray(String[]::new)))
                .as(report::toString)
                .isZero();
        return load(classes);
    }

    private Callable<?> load(Path classes) {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("shop"));
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(boot), getClass().getClassLoader());
        ModuleLayer layer = controller.layer();
        controller.addReads(layer.findModule("shop").orElseThrow(), getClass().getModule());
        return ServiceLoader.load(layer, Callable.class).findFirst().orElseThrow();
    }

    @Test
    void packageClosed_bound_saysWhatToOpen() throws IOException {
        Object shop = shop("");

        assertThatThrownBy(() -> ServiceDefinition.of(shop))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessageContaining("Expected handler Shop.buy(Context, String) to be accessible")
                .hasMessageContaining("module shop does not open shop")
                .hasMessageContaining("Write \"opens shop to dev.reprise.sdk;\" in its module-info.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opens shop;", "exports shop;"})
    void packageOpenOrExported_bound_isInvoked(String directive) throws Throwable {
        ServiceDefinition service = ServiceDefinition.of(shop(directive));

        assertThat(service.handlers().getFirst().invoke(Contexts.unused(Context.class), "milk"))
                .isEqualTo("bought milk");
    }

    @Test
    @SuppressWarnings("unchecked") // the shop's reference to its own method
    void packageClosed_methodReferenceResolved_isFound() throws Exception {
        Callable<?> shop = shop("");

        MethodReferences<Object> references =
                MethodReferences.of((Class<Object>) (Class<?>) shop.getClass(), ServiceType.SERVICE);

        assertThat(references.resolve((MethodReference<Object>) shop.call()).handler())
                .isEqualTo("buy");
    }
}
