package dev.reprise.testkit.tidy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the project's documents must keep to. */
final class Documents {
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    private final Project project;

    Documents(Project project) {
        this.project = project;
    }

    /** Links to files or headings that are not there. */
    List<String> brokenLinks() {
        List<String> findings = new ArrayList<>();
        for (Path document : project.files(".md")) {
            for (String link : links(Project.read(document))) {
                if (!isExternal(link) && !resolves(document, link)) {
                    findings.add(project.name(document) + ": the link to " + link + " leads nowhere");
                }
            }
        }
        return findings;
    }

    /** Pages of {@code docs} that its table of contents does not link to. */
    List<String> unlistedPages() {
        String contents = "docs/README.md";
        List<String> listed = links(Project.read(project.root().resolve(contents)));
        return project.files(".md").stream()
                .map(project::name)
                .filter(name -> name.matches("docs/[^/]*") && !name.equals(contents))
                .filter(name -> !listed.contains(name.substring("docs/".length())))
                .map(name -> name + " is not linked from " + contents)
                .toList();
    }

    /** Decisions that {@code ARCHITECTURE.md} does not link to. */
    List<String> unlinkedDecisions() {
        List<String> linked = links(Project.read(project.root().resolve("ARCHITECTURE.md")));
        return project.files(".md").stream()
                .map(project::name)
                .filter(name -> name.startsWith("docs/adr/"))
                .filter(name -> !linked.contains(name))
                .map(name -> name + " is not linked from ARCHITECTURE.md")
                .toList();
    }

    /** Two decisions with one number. */
    List<String> numbersTwice() {
        List<String> findings = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Path decision : project.files(".md")) {
            String name = project.name(decision);
            if (name.startsWith("docs/adr/")) {
                String number = name.substring("docs/adr/".length()).split("-", 2)[0];
                if (seen.contains(number)) {
                    findings.add(name + ": another decision has this number");
                }
                seen.add(number);
            }
        }
        return findings;
    }

    static List<String> links(String text) {
        Matcher matcher = LINK.matcher(CODE.matcher(text).replaceAll(""));
        return matcher.results().map(found -> found.group(1)).toList();
    }

    private static boolean isExternal(String link) {
        return link.startsWith("http:") || link.startsWith("https:") || link.startsWith("mailto:");
    }

    private static boolean resolves(Path document, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path folder = document.toAbsolutePath().getParent();
        Path target = file.isEmpty() || folder == null ? document : folder.resolve(file);
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(Project.read(target)).contains(link.substring(hash + 1));
    }

    /** The names by which headings are linked to; one that is there again gets a number. Comments in code are none. */
    static List<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .map(found -> found.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(name -> {
                    int times = seen.merge(name, 1, Integer::sum);
                    return times == 1 ? name : name + "-" + (times - 1);
                })
                .toList();
    }
}
