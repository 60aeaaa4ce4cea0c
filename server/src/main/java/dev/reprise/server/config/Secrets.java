package dev.reprise.server.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Hides secrets behind a mask. The values of all headers are secrets, and so is the user information in a URI ({@code
 * user:password@}). A mask that comes back must never be taken for the secret itself.
 */
public final class Secrets {
    /** The mask that is shown in the place of a secret. */
    public static final String MASK = "***";

    /* RFC 3986, section 3.2: the authority ends at a slash, a question mark or a hash. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*@");

    private Secrets() {}

    /** A URI without its user information. */
    public static String shown(URI uri) {
        return shown(uri.toString());
    }

    /** A text in which the URIs have no user information. */
    public static String shown(String text) {
        return text.indexOf('@') < 0 ? text : USER_INFO.matcher(text).replaceAll(MASK + "@");
    }

    /** Headers without their values. */
    public static Map<String, String> shown(Map<String, String> headers) {
        Map<String, String> shown = new LinkedHashMap<>();
        headers.keySet().forEach(name -> shown.put(name, MASK));
        return shown;
    }

    /** Whether this is a mask rather than a secret. */
    public static boolean isMask(String value) {
        return value.equals(MASK);
    }

    /** Whether a URI's user information is a mask. */
    public static boolean isMasked(URI uri) {
        return MASK.equals(uri.getRawUserInfo());
    }
}
