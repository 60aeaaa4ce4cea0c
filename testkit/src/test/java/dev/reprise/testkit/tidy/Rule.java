package dev.reprise.testkit.tidy;

import java.util.List;

/** What every Java file must keep to. */
interface Rule {
    /** Where the file does not; each finding begins with the place. */
    List<String> findings(Source source);
}
