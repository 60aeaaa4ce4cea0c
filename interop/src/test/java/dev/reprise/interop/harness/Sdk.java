package dev.reprise.interop.harness;

import java.util.ArrayList;
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

    /** What the names of this SDK's variants begin with, and those of the kill test's services end with. */
    public String prefix() {
        return prefix;
    }

    List<String> command() {
        return switch (this) {
            case TYPESCRIPT -> List.of(NodeModules.node().toString(), "main.mjs", "contract");
            case JAVA -> java("dev.reprise.interop.services.JavaServices");
            case REPRISE -> java("dev.reprise.interop.sdk.RepriseServices");
        };
    }

    /** Serves what the kill test needs at a port. */
    List<String> ledgerCommand(int port) {
        String where = Integer.toString(port);
        return switch (this) {
            case TYPESCRIPT -> List.of(NodeModules.node().toString(), "main.mjs", "ledger", where);
            case JAVA -> java("dev.reprise.interop.services.LedgerServices", where);
            case REPRISE -> throw new IllegalArgumentException("our own SDK's kill test has services of its own");
        };
    }

    private static List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JavaProcesses.java(),
                JavaProcesses.SHORT_LIVED,
                "-Xmx512m",
                "-cp",
                JavaProcesses.testClassPath(),
                main));
        command.addAll(List.of(arguments));
        return command;
    }
}
