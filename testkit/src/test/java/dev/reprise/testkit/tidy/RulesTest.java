package dev.reprise.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules find what they look for. */
class RulesTest {
    private static final String PARTITION = "engine/src/main/java/dev/reprise/engine/partition/machine/Some.java";

    private static Source source(String text) {
        return Project.parse(PARTITION, "package dev.reprise.engine.partition.machine;\n" + text);
    }

    @Test
    void size_tooMany_found() {
        assertThat(new SizeRule().findings(source("class A { void m(int a, int b, int c, int d, int e, int f) {} }")))
                .isEmpty();
        assertThat(new SizeRule()
                        .findings(source("class A { void m(int a, int b, int c, int d, int e, int f, int g) {} }")))
                .containsExactly(PARTITION + ":2: m has 7 parameters, more than 6");
        assertThat(new SizeRule().findings(source("class A { void m() {" + "\n".repeat(60) + "} }")))
                .singleElement()
                .asString()
                .contains("61 lines");
        assertThat(new SizeRule().findings(source("\n".repeat(500)))).hasSize(1);
    }

    @Test
    void comments_thatAreTooWide_found() {
        CommentWidthRule rule = new CommentWidthRule();
        String wide = "a word ".repeat(20);
        String found = ": a comment on a line of more than 120 columns; wrap it";
        assertThat(rule.findings(source("/** " + wide + "*/ class A {}"))).containsExactly(PARTITION + ":2" + found);
        assertThat(rule.findings(source("/**\n * " + wide + "\n */ class A {}")))
                .containsExactly(PARTITION + ":3" + found);
        assertThat(rule.findings(source("class A {} // " + wide))).containsExactly(PARTITION + ":2" + found);
        assertThat(rule.findings(source("/** A. */\nclass A { String a = \"// " + wide + "\"; char b = '\"'; }")))
                .isEmpty();
    }

    @Test
    void linksToPackages_thatAreNotDocumented_found() {
        PackageLinkRule rule = new PackageLinkRule();
        assertThat(rule.findings(source("/** Of {@" + "link dev.reprise.engine.partition.machine}. */ class A {}")))
                .containsExactly(
                        PARTITION + ": a link to the package dev.reprise.engine.partition.machine, which is not"
                                + " documented; write {@code} instead");
        assertThat(rule.findings(
                        source("/** Of {@link dev.reprise.engine.log}, {@link dev.reprise.x.A}. */ class A {}")))
                .isEmpty();
    }

    @Test
    void names_thatSayNothing_found() {
        assertThat(new NameRule().findings(source("class LogManager { int getCount() { return 0; } }")))
                .hasSize(2);
        assertThat(new NameRule().findings(source("class Database { int get(int key) { return 0; } }")))
                .isEmpty();
        assertThat(new NameRule().findings(source("class A { void processRecord() {} }")))
                .hasSize(1);
    }

    @Test
    void names_thatTheGlossaryGivesAnotherWord_found() {
        assertThat(new NameRule().findings(source("class ShardQueue { record JobId(long id) {} }")))
                .containsExactly(
                        PARTITION + ":2: ShardQueue: the glossary says partition",
                        PARTITION + ":2: JobId: the glossary says invocation");
        assertThat(new NameRule().findings(source("class Termination {}"))).isEmpty();
    }

    @Test
    void layers_importThatIsNotAllowed_found() {
        LayersRule rule = new LayersRule();
        assertThat(rule.findings(source("import dev.reprise.engine.invoker.Invoker; class A {}")))
                .hasSize(1);
        assertThat(rule.findings(source("import static dev.reprise.engine.log.Log.Urgency.NOW; class A {}")))
                .hasSize(1);
        assertThat(rule.findings(source("import dev.reprise.engine.store.Store; class A {}")))
                .isEmpty();
        assertThat(rule.findings(source("import dev.reprise.protocol.Bytes; class A {}")))
                .isEmpty();
        assertThat(rule.findings(Project.parse(
                        "engine/src/main/java/dev/reprise/engine/attic/A.java",
                        "package dev.reprise.engine.attic; class A {}")))
                .hasSize(1);
    }

    @Test
    void layers_importOfAModuleThatIsForbidden_found() {
        LayersRule rule = new LayersRule("server.client: server.config !engine");
        String importing = "package dev.reprise.server.client; import dev.reprise.%s; class A {}";
        String path = "server/src/main/java/dev/reprise/server/client/A.java";
        assertThat(rule.findings(Project.parse(path, importing.formatted("engine.Engine"))))
                .hasSize(1);
        assertThat(rule.findings(Project.parse(path, importing.formatted("protocol.Header"))))
                .isEmpty();
    }

    @Test
    void layers_thatFormACycle_found() {
        assertThat(new LayersRule("a.x: a.y\na.y: a.z\na.z: a.x\nb: b.x\nb.x:").cycles())
                .hasSize(3)
                .first()
                .isEqualTo("a.x -> a.y -> a.z -> a.x");
    }

    @Test
    void modules_whatNoPomDeclares_found() {
        ModulesRule rule = new ModulesRule("org.slf4j org.slf4j:slf4j-api");
        Source info = Project.parse("a/module-info.java", "module a { requires java.net.http; requires org.slf4j; }");
        String without = "<project/>";
        String with = pom("<groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId>");
        String forTests = pom("<groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><scope>test</scope>");
        String managed = "<project><dependencyManagement>" + with + "</dependencyManagement></project>";
        assertThat(rule.findings(info, without, without))
                .containsExactly("a/module-info.java:1: org.slf4j is required, but the pom does not depend on"
                        + " org.slf4j:slf4j-api");
        assertThat(rule.findings(info, forTests, managed)).hasSize(1);
        assertThat(rule.findings(info, with, without)).isEmpty();
        assertThat(rule.findings(info, without, with)).isEmpty();
        assertThat(new ModulesRule("").findings(info, with, without)).hasSize(1);
    }

    private static String pom(String dependency) {
        return "<project><dependencies><dependency>" + dependency + "</dependency></dependencies></project>";
    }

    @Test
    void exports_toEveryoneButNotListed_found() {
        String module = "module a { exports a; exports a.b; exports a.c to d; }";
        assertThat(new ExportsRule("# a\na").findings(Project.parse("a/src/main/java/module-info.java", module)))
                .containsExactly("a/src/main/java/module-info.java:1: a.b is exported to everyone:"
                        + " export it to the modules that need it");
    }

    @Test
    void determinism_clockChanceThreadAndOrder_found() {
        String body = "class A { long a = System.nanoTime(); Object b = new Random(); Object c = new HashMap<>();"
                + " Object d = Map.of(); Object e = Thread.currentThread(); Object f = new Random(1); }";
        assertThat(new DeterminismRule().findings(source(body))).hasSize(5);
        assertThat(new DeterminismRule()
                        .findings(Project.parse("server/src/main/java/A.java", "class A { Object d = Map.of(); }")))
                .isEmpty();
    }

    @Test
    void docs_missing_found() {
        assertThat(new DocRule().findings(source("public class A {}"))).hasSize(1);
        assertThat(new DocRule().findings(source("/** A letter. */ public class A {} class B {}")))
                .isEmpty();
    }

    @Test
    void testHabits_sleepsAndSwitchedOff_found() {
        Source test = Project.parse(
                "engine/src/test/java/A.java",
                "import org.mockito.Mock; class A { @Disabled void a() { Thread.sleep(1); TimeUnit.SECONDS.sleep(1); } }");
        assertThat(new TestHabitsRule().findings(test)).hasSize(4);
    }

    @Test
    void documents_linksAndAnchors_read() {
        assertThat(Documents.links("[a](b.md#c) `[x](y)`\n```\n[d](e)\n```\n")).containsExactly("b.md#c");
        assertThat(Documents.anchors("# One, two\n## The `log`\n")).containsExactly("one-two", "the-log");
        assertThat(Documents.anchors("# A\n```\n# no heading\n```\n# A\n")).containsExactly("a", "a-1");
    }

    @Test
    void errorCodes_inASource_found() {
        assertThat(ErrorCodes.in("""
                        static final int GONE = 410;
                        static final int LARGEST_MAX = 512;
                        // not 418,
                        case 413 -> refused(500, "RT0019", "after 503 tries");
                        """)).containsExactly("410", "413", "500", "RT0019");
    }
}
