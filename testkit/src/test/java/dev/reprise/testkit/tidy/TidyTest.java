package dev.reprise.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house, as far as a program can see to them. {@code CONTRIBUTING.md} says them in words. */
class TidyTest {
    private static final Project PROJECT = Project.find();
    private static final List<Source> SOURCES = PROJECT.sources();
    private static final Pattern LEFTOVER = Pattern.compile("\\b(FIX" + "ME|TO" + "DO)\\b");

    private static final int PACKAGE_FILES_MAX = 40;

    /** A place a rule does not hold for, and why. */
    private record Exemption(String place, String rule, String reason) {}

    private static final String SDK = "sdk/src/main/java/dev/reprise/sdk/";

    private static final List<Exemption> EXCEPTIONS = List.of(
            new Exemption(
                    "engine/src/main/java/dev/reprise/engine/invoker/AttemptViews.java",
                    "ConcurrentHashMap",
                    "what people are shown, from any thread; it decides nothing"),
            new Exemption(
                    "server/src/main/java/dev/reprise/server/client/Http2Frames.java",
                    "onHeadersRead has ",
                    "the library's listener has as many"),
            new Exemption(SDK + "All.java", "apply has ", "functions of as many values as promises"),
            new Exemption(SDK + "RestatePromise.java", "all has ", "typed for as many promises"),
            new Exemption(
                    SDK + "vm/InvocationStateMachine.java", "getStateKeys", "a command of that name, no accessor"));

    static Stream<Rule> rules() {
        return Stream.of(
                new SizeRule(),
                new CommentWidthRule(),
                new PackageLinkRule(),
                new NameRule(),
                new LayersRule(),
                new ExportsRule(),
                new DeterminismRule(),
                new DocRule(),
                new TestHabitsRule());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void sources_keepToTheRule(Rule rule) {
        assertThat(SOURCES.stream().flatMap(source -> rule.findings(source).stream()))
                .filteredOn(finding -> !isExcepted(finding))
                .isEmpty();
    }

    private static boolean isExcepted(String finding) {
        return EXCEPTIONS.stream()
                .anyMatch(exception -> finding.startsWith(exception.place) && finding.contains(exception.rule));
    }

    @Test
    void exceptions_areStillNeeded() {
        List<String> findings = rules().flatMap(
                        rule -> SOURCES.stream().flatMap(source -> rule.findings(source).stream()))
                .toList();
        assertThat(EXCEPTIONS)
                .allMatch(exception -> findings.stream()
                        .anyMatch(finding -> finding.startsWith(exception.place) && finding.contains(exception.rule)));
    }

    @Test
    void packages_allHaveATour() {
        assertThat(SOURCES.stream()
                        .filter(source -> !source.isTest() && !source.isInfo())
                        // A program of one file, run as it is, is of no package.
                        .filter(source -> !source.packageName().isEmpty())
                        .map(source -> PROJECT.root().resolve(source.path()).resolveSibling("package-info.java"))
                        .distinct()
                        .filter(file -> !Files.exists(file))
                        .map(PROJECT::name))
                .isEmpty();
    }

    /** The one pair that knows each other: the interface users hold, and the machinery behind its static methods. */
    @Test
    void packages_formNoCycles() {
        assertThat(new LayersRule().cycles())
                .containsExactly("sdk -> sdk.promise -> sdk", "sdk.promise -> sdk -> sdk.promise");
    }

    @Test
    void layers_nameThePackagesThereAre() {
        assertThat(new LayersRule().packages())
                .containsExactlyElementsOf(mainSources()
                        .map(source -> source.packageName().replaceFirst("^dev\\.reprise\\.", ""))
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Test
    void exports_nameThePackagesThereAre() {
        assertThat(new ExportsRule().packages())
                .containsExactlyElementsOf(SOURCES.stream()
                        .flatMap(source -> ExportsRule.exportedToAll(source).stream())
                        .sorted()
                        .toList());
    }

    /** A room with more than 40 files is one in which nothing is found. */
    @Test
    void packages_areOfMeasurableSize() {
        Map<String, Long> rooms =
                mainSources().collect(Collectors.groupingBy(Source::packageName, TreeMap::new, Collectors.counting()));
        rooms.values().removeIf(files -> files <= PACKAGE_FILES_MAX);
        assertThat(rooms).isEmpty();
    }

    @Test
    void modules_requireWhatTheirPomDeclares() {
        ModulesRule rule = new ModulesRule();
        String parent = Project.read(PROJECT.root().resolve("pom.xml"));
        assertThat(moduleInfos().flatMap(info -> rule.findings(info, Project.read(pomOf(info)), parent).stream()))
                .isEmpty();
        assertThat(moduleInfos()
                        .flatMap(info -> ModulesRule.required(info).stream())
                        .map(ModulesRule::name)
                        .distinct()
                        .sorted())
                .containsExactlyElementsOf(rule.modules());
    }

    private static Path pomOf(Source info) {
        return PROJECT.root().resolve(info.path().replaceFirst("src/main/java/module-info.java", "pom.xml"));
    }

    private static Stream<Source> moduleInfos() {
        return SOURCES.stream().filter(source -> source.path().endsWith("src/main/java/module-info.java"));
    }

    private static Stream<Source> mainSources() {
        return SOURCES.stream()
                .filter(source ->
                        !source.isTest() && !source.isInfo() && source.path().contains("/src/main/java/dev/reprise/"));
    }

    @Test
    void files_haveNoLeftovers() {
        Stream<Path> files = Stream.of(".java", ".md", ".xml", ".config", ".js", ".css", ".html")
                .flatMap(ending -> PROJECT.files(ending).stream());
        assertThat(files.filter(file -> LEFTOVER.matcher(Project.read(file)).find())
                        .map(PROJECT::name))
                .isEmpty();
    }

    @Test
    void documents_linksResolve() {
        assertThat(new Documents(PROJECT).brokenLinks()).isEmpty();
    }

    @Test
    void pages_areInTheTableOfContents() {
        assertThat(new Documents(PROJECT).unlistedPages()).isEmpty();
    }

    @Test
    void errorCodes_areExplained_andNoOthers() {
        ErrorCodes codes = new ErrorCodes(PROJECT);
        assertThat(codes.explained()).containsExactlyElementsOf(codes.used());
    }

    @Test
    void decisions_areNumberedAndLinked() {
        Documents documents = new Documents(PROJECT);
        assertThat(documents.unlinkedDecisions()).isEmpty();
        assertThat(documents.numbersTwice()).isEmpty();
    }
}
