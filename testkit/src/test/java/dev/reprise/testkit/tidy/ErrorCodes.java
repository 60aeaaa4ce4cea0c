package dev.reprise.testkit.tidy;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The codes that the sources of what users run answer with, and those that {@code docs/errors.md} explains. */
final class ErrorCodes {
    private static final String PAGE = "docs/errors.md";
    private static final Pattern SOURCES =
            Pattern.compile("(protocol|sdk|engine|endpoint|embedded|server)/src/main/java/.*");
    private static final Pattern NAMED = Pattern.compile("\"((?:RT|META)\\d{4})\"");
    private static final Pattern STATUS = Pattern.compile("(?<![\\w.\\-\"])([45]\\d\\d)(?=[,);:]| ->)");

    /** Lines with a number that is a size, a time or a count. */
    private static final Pattern MEASURE = Pattern.compile("_MAX|_MILLIS|_NANOS|_BYTES|_LENGTH|_BUCKETS");

    private static final Pattern COMMENT = Pattern.compile("\\s*(\\*|//|/\\*).*");
    private static final Pattern EXPLAINED =
            Pattern.compile("(?m)^(?:### |\\| )((?:RT|META)\\d{4}|[45]\\d\\d)(?= \\||$)");

    private final Project project;

    ErrorCodes(Project project) {
        this.project = project;
    }

    /** In the sources. */
    Set<String> used() {
        Set<String> codes = new TreeSet<>();
        for (Path file : project.files(".java")) {
            if (SOURCES.matcher(project.name(file)).matches()) {
                codes.addAll(in(Project.read(file)));
            }
        }
        return codes;
    }

    static Set<String> in(String source) {
        Set<String> codes = new TreeSet<>();
        for (String line : source.lines().toList()) {
            if (!COMMENT.matcher(line).matches()) {
                NAMED.matcher(line).results().forEach(found -> codes.add(found.group(1)));
                if (!MEASURE.matcher(line).find()) {
                    STATUS.matcher(line).results().forEach(found -> codes.add(found.group(1)));
                }
            }
        }
        return codes;
    }

    /** On the page, with a heading or a row of a table. */
    Set<String> explained() {
        return EXPLAINED
                .matcher(Project.read(project.root().resolve(PAGE)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
