package dev.reprise.testkit.tidy;

import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.RequiresTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What a {@code module-info.java} requires is declared in the pom beside it or in the pom of all, and not for tests
 * alone. What only comes along with another dependency goes when that does. The table in {@code modules.txt} says which
 * artifact a module is.
 */
final class ModulesRule {
    /** The artifact of each module that is not the JDK's. */
    private final Map<String, String> artifacts;

    ModulesRule() {
        this(read());
    }

    ModulesRule(String table) {
        artifacts = new TreeMap<>();
        table.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" +", -1);
            artifacts.put(parts[0], parts[1]);
        });
    }

    private static String read() {
        try (InputStream table = ModulesRule.class.getResourceAsStream("modules.txt")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules that the table names. */
    Set<String> modules() {
        return artifacts.keySet();
    }

    /** What a module requires, without the JDK's modules. */
    static List<RequiresTree> required(Source info) {
        List<RequiresTree> required = new ArrayList<>();
        for (DirectiveTree directive : info.unit().getModule().getDirectives()) {
            if (directive instanceof RequiresTree requires
                    && !name(requires).startsWith("java.")
                    && !name(requires).startsWith("jdk.")) {
                required.add(requires);
            }
        }
        return required;
    }

    static String name(RequiresTree requires) {
        return requires.getModuleName().toString();
    }

    /** What a module requires of which no pom says that it depends on it. */
    List<String> findings(Source info, String pom, String parentPom) {
        Set<String> declared = new TreeSet<>(declared(parentPom));
        declared.addAll(declared(pom));
        List<String> findings = new ArrayList<>();
        for (RequiresTree requires : required(info)) {
            String artifact = artifacts.get(name(requires));
            if (artifact == null) {
                findings.add(
                        info.finding(requires, "modules.txt does not say which artifact " + name(requires) + " is"));
            } else if (!declared.contains(artifact)) {
                findings.add(info.finding(
                        requires, name(requires) + " is required, but the pom does not depend on " + artifact));
            }
        }
        return findings;
    }

    /** Group and artifact of a pom's own dependencies, without those of tests. */
    private static Set<String> declared(String pom) {
        Set<String> declared = new TreeSet<>();
        for (Element dependencies : children(root(pom), "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                if (!text(dependency, "scope").equals("test")) {
                    declared.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
                }
            }
        }
        return declared;
    }

    private static Element root(String pom) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(pom)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("no pom: " + pom, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Element> children(Element of, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element of, String name) {
        List<Element> found = children(of, name);
        return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
    }
}
