package dev.reprise.server.config;

/**
 * An address to listen on.
 *
 * @param host a name or a numeric address, IPv6 without brackets
 * @param port 1 to 65535, or 0 for any free one
 */
public record Address(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public Address {
        if (host.isEmpty() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("a host and a port from 0 to 65535 are needed");
        }
    }

    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("a host and a port from 0 to 65535 are needed");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Address(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
