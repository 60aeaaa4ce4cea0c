package dev.reprise.testkit.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.SourcePositions;

/**
 * One Java file, parsed.
 *
 * @param path from the project's folder, with slashes
 * @param text its text
 * @param unit its tree
 * @param trees documentation and positions of the tree's nodes
 */
record Source(String path, String text, CompilationUnitTree unit, DocTrees trees) {
    boolean isTest() {
        return path.contains("/src/test/");
    }

    /** Whether it is {@code module-info.java} or {@code package-info.java}. */
    boolean isInfo() {
        return path.endsWith("-info.java");
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /** The number of lines from the first to the last character of a node. */
    int lines(Tree tree) {
        SourcePositions positions = trees.getSourcePositions();
        long end = positions.getEndPosition(unit, tree);
        return end < 0 ? 1 : line(end) - line(positions.getStartPosition(unit, tree)) + 1;
    }

    /** What to report: the place and what is wrong there. */
    String finding(Tree tree, String what) {
        return path + ":" + line(trees.getSourcePositions().getStartPosition(unit, tree)) + ": " + what;
    }

    private int line(long position) {
        return (int) unit.getLineMap().getLineNumber(position);
    }
}
