package dev.reprise.interop.harness;

import java.util.List;

/** The official SDKs in which the contract is written. */
public enum Sdk {
    TYPESCRIPT("Ts"),
    JAVA("Java");

    private final String prefix;

    Sdk(String prefix) {
        this.prefix = prefix;
    }

    /** What the names of this SDK's variants begin with. */
    String prefix() {
        return prefix;
    }

    List<String> command() {
        return switch (this) {
            case TYPESCRIPT -> List.of(NodeModules.node().toString(), "main.mjs", "contract");
            case JAVA ->
                List.of(
                        JavaProcesses.java(),
                        "-Xmx512m",
                        "-cp",
                        JavaProcesses.testClassPath(),
                        "dev.reprise.interop.services.JavaServices");
        };
    }
}
