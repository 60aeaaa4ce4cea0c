package dev.reprise.testkit.tidy;

import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ModuleTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The packages that a module exports to everyone, as {@code exports.txt} lists them. Whatever else one of our modules
 * needs of another is exported to that module by name.
 */
final class ExportsRule implements Rule {
    private final Set<String> allowed;

    ExportsRule() {
        this(read());
    }

    ExportsRule(String list) {
        allowed = new TreeSet<>(list.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    private static String read() {
        try (InputStream list = ExportsRule.class.getResourceAsStream("exports.txt")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that the list names. */
    Set<String> packages() {
        return allowed;
    }

    /** The packages that a file exports to everyone; none if it is no {@code module-info.java}. */
    static List<String> exportedToAll(Source source) {
        return exports(source).stream()
                .map(export -> export.getPackageName().toString())
                .toList();
    }

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        for (ExportsTree export : exports(source)) {
            String exported = export.getPackageName().toString();
            if (!allowed.contains(exported)) {
                findings.add(source.finding(
                        export, exported + " is exported to everyone: export it to the modules that need it"));
            }
        }
        return findings;
    }

    private static List<ExportsTree> exports(Source source) {
        ModuleTree module = source.unit().getModule();
        List<ExportsTree> exports = new ArrayList<>();
        if (module != null && source.path().contains("/src/main/java/")) {
            for (DirectiveTree directive : module.getDirectives()) {
                if (directive instanceof ExportsTree export && export.getModuleNames() == null) {
                    exports.add(export);
                }
            }
        }
        return exports;
    }
}
