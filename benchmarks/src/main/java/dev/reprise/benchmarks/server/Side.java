package dev.reprise.benchmarks.server;

import dev.reprise.benchmarks.lab.WrongFlagException;

/**
 * What is measured: a server with a service behind it.
 *
 * @param server its name
 * @param service its name
 */
record Side(String server, String service) {
    static Side parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new WrongFlagException(
                    "Expected a side as SERVER/SERVICE, such as ours/java, found \"" + text + "\".");
        }
        return new Side(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return server + "/" + service;
    }
}
