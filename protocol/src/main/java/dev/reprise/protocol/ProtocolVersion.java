package dev.reprise.protocol;

/** The versions of the service protocol spoken here, oldest first. */
public enum ProtocolVersion {
    V5(5),
    V6(6),
    V7(7);

    private final int number;

    ProtocolVersion(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The content type of an invocation stream in this version. */
    public String contentType() {
        return "application/vnd.restate.invocation.v" + number;
    }
}
