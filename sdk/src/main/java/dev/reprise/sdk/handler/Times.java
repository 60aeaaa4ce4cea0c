package dev.reprise.sdk.handler;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.time.Millis;
import dev.reprise.sdk.serde.Serde;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Points in time in the form that the journal has. */
final class Times {
    /** An instant as ISO 8601 text, which is JSON too. */
    static final Serde<Instant> INSTANT = new Serde<>() {
        @Override
        public Bytes serialize(Instant value) {
            return Bytes.utf8('"' + value.toString() + '"');
        }

        @Override
        public Instant deserialize(Bytes bytes) {
            String text = bytes.utf8();
            return Instant.parse(text.substring(1, text.length() - 1));
        }
    };

    private Times() {}

    /** Milliseconds since the epoch, {@code duration} from now; the latest possible time if that is too late. */
    static long millisAfter(InstantSource clock, Duration duration) {
        return Millis.after(clock.millis(), duration);
    }
}
