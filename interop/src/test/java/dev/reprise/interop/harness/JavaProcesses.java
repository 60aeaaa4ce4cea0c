package dev.reprise.interop.harness;

import java.nio.file.Path;

/** The JDK and the class path that this JVM runs with. */
final class JavaProcesses {
    /** The flag of a JVM that ends before the optimizing compiler has paid for itself. */
    static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private JavaProcesses() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Surefire may hide the class path behind the manifest of a jar; then it tells it by a property. */
    static String testClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
