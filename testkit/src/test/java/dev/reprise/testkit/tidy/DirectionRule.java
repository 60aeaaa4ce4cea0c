package dev.reprise.testkit.tidy;

import com.sun.source.tree.ImportTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Which package may know which. Between modules the compiler sees to it; inside {@code engine} and {@code sdk} this does.
 * A star at the end stands for the packages below.
 */
final class DirectionRule implements Rule {
    private static final String ENGINE = "dev.reprise.engine.";
    private static final String SDK = "dev.reprise.sdk.";

    /** Neither {@code of} nor what lies below it may import from {@code banned} or below it. */
    private record Ban(String of, String banned) {}

    private static final List<Ban> BANS = List.of(
            new Ban(ENGINE + "log", ENGINE + "store"),
            new Ban(ENGINE + "log", ENGINE + "partition"),
            new Ban(ENGINE + "log", ENGINE + "invoker"),
            new Ban(ENGINE + "log", ENGINE + "processor"),
            new Ban(ENGINE + "store", ENGINE + "log"),
            new Ban(ENGINE + "store", ENGINE + "partition"),
            new Ban(ENGINE + "store", ENGINE + "invoker"),
            new Ban(ENGINE + "store", ENGINE + "processor"),
            new Ban(ENGINE + "partition", ENGINE + "invoker"),
            new Ban(ENGINE + "partition", ENGINE + "processor"),
            new Ban(ENGINE + "partition", ENGINE + "log"),
            new Ban(ENGINE + "partition", ENGINE + "store.rocks"),
            new Ban(ENGINE + "partition", ENGINE + "store.memory"),
            new Ban(ENGINE + "invoker", ENGINE + "processor"),
            new Ban(ENGINE + "invoker", ENGINE + "store"),
            new Ban(ENGINE + "invoker", ENGINE + "log.file"),
            new Ban(ENGINE + "processor", ENGINE + "log.file"),
            new Ban(ENGINE + "processor", ENGINE + "store.rocks"),
            new Ban(SDK + "vm", SDK + "handler"),
            new Ban(SDK + "vm", SDK + "promise"),
            new Ban(SDK + "promise", SDK + "handler"),
            new Ban(SDK + "serde", SDK + "handler"));

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        if (source.isTest()) {
            return findings;
        }
        for (ImportTree imported : source.unit().getImports()) {
            String name = imported.getQualifiedIdentifier().toString();
            for (Ban ban : BANS) {
                if (isIn(source.packageName() + ".", ban.of) && isIn(name, ban.banned)) {
                    findings.add(source.finding(imported, ban.of + " must not know " + ban.banned + ": " + name));
                }
            }
        }
        return findings;
    }

    private static boolean isIn(String name, String packageName) {
        return name.startsWith(packageName + ".");
    }
}
