package dev.reprise.protocol.discovery;

import java.util.Optional;

/** The versions of the discovery document, oldest first. Each adds fields to the one before. */
public enum DiscoveryVersion {
    /** Names, types, inputs and outputs. */
    V1,
    /** Adds documentation and metadata. */
    V2,
    /** Adds timeouts, retentions, lazy state and privacy. */
    V3,
    /** Adds retry policies and the compression for Lambda. */
    V4;

    private static final String PREFIX = "application/vnd.restate.endpointmanifest.v";
    private static final String SUFFIX = "+json";

    /** 1 for {@link #V1}, and so on. */
    public int number() {
        return ordinal() + 1;
    }

    /** The content type of the document in this version. */
    public String contentType() {
        return PREFIX + number() + SUFFIX;
    }

    /** The version with this content type, parameters and case aside; empty for another one. */
    public static Optional<DiscoveryVersion> ofContentType(String contentType) {
        int parameters = contentType.indexOf(';');
        String bare = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
        for (DiscoveryVersion version : values()) {
            if (version.contentType().equalsIgnoreCase(bare)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * The newest version an {@code Accept} header allows.
     *
     * @param accept the header's value, content types separated by commas; blank stands for {@link #V1}
     * @return empty when it allows none that is known here
     */
    public static Optional<DiscoveryVersion> newestAccepted(String accept) {
        if (accept.isBlank()) {
            return Optional.of(V1);
        }
        Optional<DiscoveryVersion> newest = Optional.empty();
        for (String contentType : accept.split(",", -1)) {
            Optional<DiscoveryVersion> accepted = ofContentType(contentType);
            if (accepted.isPresent()
                    && newest.filter(known -> known.compareTo(accepted.get()) >= 0)
                            .isEmpty()) {
                newest = accepted;
            }
        }
        return newest;
    }
}
