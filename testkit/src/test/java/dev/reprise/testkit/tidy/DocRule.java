package dev.reprise.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Every public type says what it is. Those inside another one may leave it to that one. */
@SuppressWarnings({"VoidUsed", "PreferInstanceofOverGetKind"}) // a scanner hands on what it is given
final class DocRule implements Rule {
    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        if (source.isTest() || source.isInfo()) {
            return findings;
        }
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                TreePath path = getCurrentPath();
                if (path.getParentPath().getLeaf().getKind() == Tree.Kind.COMPILATION_UNIT
                        && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                        && source.trees().getDocComment(path) == null) {
                    findings.add(source.finding(type, type.getSimpleName() + " is public and has no doc"));
                }
                return super.visitClass(type, unused);
            }
        }.scan(source.unit(), null);
        return findings;
    }
}
