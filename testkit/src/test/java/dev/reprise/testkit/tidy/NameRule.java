package dev.reprise.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that say nothing, accessors with {@code get}, and types named by another word than the glossary's. */
@SuppressWarnings("VoidUsed") // a scanner hands on what it is given
final class NameRule implements Rule {
    private static final Set<String> BANNED =
            Set.of("Manager", "Helper", "Helpers", "Util", "Utils", "Impl", "Base", "Data", "Info");
    /** Words for what has another name in the glossary of {@code ARCHITECTURE.md}. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("Job", "invocation"),
            Map.entry("Callback", "awakeable"),
            Map.entry("Fiber", "branch"),
            Map.entry("Subtask", "branch"),
            Map.entry("Actor", "virtual object"),
            Map.entry("Worker", "deployment"),
            Map.entry("Shard", "partition"),
            Map.entry("Offset", "LSN"),
            Map.entry("Term", "epoch"),
            Map.entry("Activity", "run"));

    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern ACCESSOR = Pattern.compile("get[A-Z].*");
    private static final Pattern PROCESSING = Pattern.compile("process([A-Z].*)?");

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                List<String> words = List.of(WORDS.split(type.getSimpleName()));
                if (BANNED.contains(words.getLast()) || words.getFirst().equals("Abstract")) {
                    findings.add(source.finding(type, type.getSimpleName() + ": say what it is"));
                }
                for (String word : words) {
                    if (SYNONYMS.containsKey(word)) {
                        findings.add(source.finding(
                                type, type.getSimpleName() + ": the glossary says " + SYNONYMS.get(word)));
                    }
                }
                return super.visitClass(type, unused);
            }

            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                if (!source.isTest() && !isOverride(method)) {
                    check(source, method, findings);
                }
                return super.visitMethod(method, unused);
            }
        }.scan(source.unit(), null);
        return findings;
    }

    private static void check(Source source, MethodTree method, List<String> findings) {
        String name = method.getName().toString();
        if (ACCESSOR.matcher(name).matches() && method.getParameters().isEmpty()) {
            findings.add(source.finding(method, name + ": accessors have no get"));
        }
        if (PROCESSING.matcher(name).matches() && !name.equals("process")) {
            findings.add(source.finding(method, name + ": say what it does instead of process"));
        }
    }

    private static boolean isOverride(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
}
