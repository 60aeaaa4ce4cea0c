package dev.reprise.sdk.promise;

import dev.reprise.protocol.Failure;
import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.TerminalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Converts a terminal failure between the journal's form and the handler's. */
public final class TerminalFailures {
    private static final int MESSAGE_CHARS_MAX = 64 * 1024;

    private TerminalFailures() {}

    /** The exception for the handler. Of several metadata entries with the same key, the last one counts. */
    public static TerminalException exception(Failure failure) {
        Map<String, String> metadata = new LinkedHashMap<>();
        failure.metadata().forEach(pair -> metadata.put(pair.key(), pair.value()));
        return new TerminalException(failure.code(), failure.message(), metadata);
    }

    /** The form that is recorded. */
    public static Failure failure(TerminalException exception) {
        List<Failure.Metadata> metadata = new ArrayList<>();
        exception.metadata().forEach((key, value) -> metadata.add(new Failure.Metadata(key, value)));
        return new Failure(exception.code(), cut(exception.getMessage(), MESSAGE_CHARS_MAX), metadata);
    }

    /** A readable text, or as much of it as people will read. */
    public static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return WellFormed.visible(text);
        }
        int end = Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
        return WellFormed.visible(text.substring(0, end)) + "… (cut after " + end + " characters)";
    }
}
