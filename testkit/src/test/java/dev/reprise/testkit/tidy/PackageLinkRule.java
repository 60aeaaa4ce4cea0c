package dev.reprise.testkit.tidy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A comment links to a package only if the package is exported to everyone: Javadoc documents no other, and would fail
 * when the libraries are installed, which the compiler does not see.
 */
final class PackageLinkRule implements Rule {
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+(dev\\.reprise(?:\\.[a-z]+)*)[\\s}]");

    private final Set<String> documented = new ExportsRule().packages();

    @Override
    public List<String> findings(Source source) {
        return LINK.matcher(source.text())
                .results()
                .filter(link -> !documented.contains(link.group(1)))
                .map(link -> source.path() + ": a link to the package " + link.group(1)
                        + ", which is not documented; write {@code} instead")
                .toList();
    }
}
