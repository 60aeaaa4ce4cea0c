package dev.reprise.interop.harness;

import java.util.List;

/** The SDKs, two official ones and ours, in which the contract is written. */
public enum Sdk {
    TYPESCRIPT("Ts"),
    JAVA("Java"),
    REPRISE("Reprise");

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
            case JAVA -> java("dev.reprise.interop.services.JavaServices");
            case REPRISE -> java("dev.reprise.interop.sdk.RepriseServices");
        };
    }

    private static List<String> java(String main) {
        return List.of(JavaProcesses.java(), "-Xmx512m", "-cp", JavaProcesses.testClassPath(), main);
    }
}
