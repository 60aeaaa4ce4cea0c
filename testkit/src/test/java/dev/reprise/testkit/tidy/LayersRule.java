package dev.reprise.testkit.tidy;

import com.sun.source.tree.ImportTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which package may know which others of its module, by the table in {@code layers.txt}. Between modules the compiler
 * sees to it.
 */
final class LayersRule implements Rule {
    private static final String ROOT = "dev.reprise.";
    /** Before the name of a module that a package must not know, although its module does. */
    private static final String FORBIDDEN = "!";

    /** What each package may import, both without {@link #ROOT}. */
    private final Map<String, Set<String>> allowed;

    LayersRule() {
        this(read());
    }

    LayersRule(String table) {
        allowed = new TreeMap<>();
        table.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(":", -1);
            allowed.put(parts[0], new TreeSet<>(List.of(parts[1].strip().split(" +"))));
        });
    }

    private static String read() {
        try (InputStream table = LayersRule.class.getResourceAsStream("layers.txt")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that the table names. */
    Set<String> packages() {
        return allowed.keySet();
    }

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        String of = source.packageName();
        if (source.isTest() || source.isInfo() || !of.startsWith(ROOT)) {
            return findings;
        }
        Set<String> known = allowed.get(of.substring(ROOT.length()));
        if (known == null) {
            findings.add(source.path() + ":1: the package " + of + " is not in layers.txt");
            return findings;
        }
        for (ImportTree imported : source.unit().getImports()) {
            String name = packageOf(imported.getQualifiedIdentifier().toString());
            if (name.startsWith(ROOT) && known.contains(FORBIDDEN + moduleOf(name))) {
                findings.add(source.finding(
                        imported, of + " must not know the module " + moduleOf(name) + ", see layers.txt"));
            }
            if (isInSameModule(name, of) && !name.equals(of) && !known.contains(name.substring(ROOT.length()))) {
                findings.add(source.finding(imported, of + " must not know " + name + ", see layers.txt"));
            }
        }
        return findings;
    }

    /** Up to the first part that begins like a class. */
    private static String packageOf(String imported) {
        int end = 0;
        while (end < imported.length() && !Character.isUpperCase(imported.charAt(end + 1))) {
            int dot = imported.indexOf('.', end + 1);
            if (dot < 0) {
                return imported;
            }
            end = dot;
        }
        return imported.substring(0, end);
    }

    /** The module is the first name behind {@link #ROOT}. */
    private static boolean isInSameModule(String name, String of) {
        return name.startsWith(ROOT) && moduleOf(name).equals(moduleOf(of));
    }

    private static String moduleOf(String name) {
        return name.substring(ROOT.length()).split("\\.", 2)[0];
    }

    /** Packages of a module that know each other, directly or by others: each with the way back to itself. */
    List<String> cycles() {
        List<String> cycles = new ArrayList<>();
        for (String start : allowed.keySet()) {
            List<String> way = wayBack(start, start, new TreeSet<>());
            if (!way.isEmpty()) {
                cycles.add(start + " -> " + String.join(" -> ", way));
            }
        }
        return cycles;
    }

    private List<String> wayBack(String from, String to, Set<String> seen) {
        for (String next : allowed.getOrDefault(from, Set.of())) {
            if (next.equals(to)) {
                return List.of(to);
            }
            if (seen.add(next)) {
                List<String> rest = wayBack(next, to, seen);
                if (!rest.isEmpty()) {
                    List<String> way = new ArrayList<>(List.of(next));
                    way.addAll(rest);
                    return way;
                }
            }
        }
        return List.of();
    }
}
