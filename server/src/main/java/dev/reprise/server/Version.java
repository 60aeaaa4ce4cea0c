package dev.reprise.server;

import java.util.Optional;

/** The version of this program. */
final class Version {
    private Version() {}

    /** From the jar's manifest; "development" when run from class files. */
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
