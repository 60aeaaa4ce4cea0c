package dev.reprise.testkit.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tests wait for conditions, use no mocks, and are not switched off. */
@SuppressWarnings("VoidUsed") // a scanner hands on what it is given
final class TestHabitsRule implements Rule {
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sleep|(TimeUnit\\.)?[A-Z]+S\\.sleep");

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        if (!source.isTest()) {
            return findings;
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                if (SLEEP.matcher(call.getMethodSelect().toString()).matches()) {
                    findings.add(source.finding(call, "sleeps; wait for a condition, with a deadline"));
                }
                return super.visitMethodInvocation(call, unused);
            }

            @Override
            public Void visitAnnotation(AnnotationTree annotation, Void unused) {
                if (annotation.getAnnotationType().toString().equals("Disabled")) {
                    findings.add(source.finding(annotation, "a test that is switched off"));
                }
                return super.visitAnnotation(annotation, unused);
            }

            @Override
            public Void visitImport(ImportTree imported, Void unused) {
                String name = imported.getQualifiedIdentifier().toString();
                if (name.startsWith("org.mockito.") || name.startsWith("org.awaitility.")) {
                    findings.add(source.finding(imported, "no mocks and no waiting library: " + name));
                }
                return super.visitImport(imported, unused);
            }
        }.scan(source.unit(), null);
        return findings;
    }
}
