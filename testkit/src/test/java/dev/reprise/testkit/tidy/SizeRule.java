package dev.reprise.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;

/**
 * The hard limits of files, methods and parameters. What is usual lies far below them. A record has as many parts as
 * what it stands for.
 */
@SuppressWarnings("VoidUsed") // a scanner hands on what it is given
final class SizeRule implements Rule {
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 60;
    private static final int TEST_METHOD_LINES_MAX = 80;
    private static final int PARAMETERS_MAX = 6;
    /** A constructor is given everything its class needs from outside. */
    private static final int CONSTRUCTOR_PARAMETERS_MAX = 9;

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        long lines = source.text().lines().count();
        if (lines > FILE_LINES_MAX) {
            findings.add(source.path() + ":1: a file of " + lines + " lines, more than " + FILE_LINES_MAX);
        }
        new TreeScanner<Void, Void>() {
            private boolean inRecord;

            @Override
            public Void visitClass(ClassTree type, Void unused) {
                boolean outside = inRecord;
                inRecord = type.getKind() == Tree.Kind.RECORD;
                super.visitClass(type, unused);
                inRecord = outside;
                return null;
            }

            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                checkLines(source, method, findings);
                if (!inRecord || method.getReturnType() != null) {
                    checkParameters(source, method, findings);
                }
                return super.visitMethod(method, unused);
            }
        }.scan(source.unit(), null);
        return findings;
    }

    private static void checkLines(Source source, MethodTree method, List<String> findings) {
        int lines = source.lines(method);
        int linesMax = source.isTest() ? TEST_METHOD_LINES_MAX : METHOD_LINES_MAX;
        if (lines > linesMax) {
            findings.add(source.finding(method, method.getName() + " has " + lines + " lines, more than " + linesMax));
        }
    }

    private static void checkParameters(Source source, MethodTree method, List<String> findings) {
        int parameters = method.getParameters().size();
        int parametersMax = method.getReturnType() == null ? CONSTRUCTOR_PARAMETERS_MAX : PARAMETERS_MAX;
        if (parameters > parametersMax) {
            findings.add(source.finding(
                    method, method.getName() + " has " + parameters + " parameters, more than " + parametersMax));
        }
    }
}
