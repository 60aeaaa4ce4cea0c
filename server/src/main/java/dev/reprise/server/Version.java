package dev.reprise.server;

import java.util.Optional;

/** The version of this program. */
final class Version {
    private Version() {}

    /** As the jar's manifest says; "development" when run from class files. */
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
