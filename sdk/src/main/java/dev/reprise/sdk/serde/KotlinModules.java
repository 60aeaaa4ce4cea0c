package dev.reprise.sdk.serde;

import com.fasterxml.jackson.databind.Module;
import java.util.List;

/** Jackson's module for Kotlin, if the application has it: without it no data class can be constructed. */
final class KotlinModules {
    static final String NAME = "com.fasterxml.jackson.module.kotlin.KotlinModule";

    private KotlinModules() {}

    /** The module on the path of this SDK, if there is one. */
    static List<Module> found() {
        return named(NAME);
    }

    /**
     * The module of that class, if it exists.
     *
     * @throws IllegalStateException when it exists and cannot be constructed
     */
    static List<Module> named(String name) {
        try {
            Class<?> module = Class.forName(name);
            return List.of((Module) module.getConstructor().newInstance());
        } catch (ClassNotFoundException noKotlin) {
            return List.of();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    "Expected to make " + name + ", found that it cannot be: " + e
                            + ". Take the version of jackson-module-kotlin that Jackson has here, with kotlin-reflect.",
                    e);
        }
    }
}
