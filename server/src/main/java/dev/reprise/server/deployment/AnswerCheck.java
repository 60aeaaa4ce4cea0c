package dev.reprise.server.deployment;

import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.server.client.ResponseHead;
import dev.reprise.server.config.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether an attempt's answer begins as it must, and explains what is wrong if it does not. */
final class AnswerCheck {
    private AnswerCheck() {}

    static Optional<StreamFailure> failure(AttemptRequest request, ResponseHead answer, Instant now) {
        if (!answer.isSuccess()) {
            StreamFailure refusal = refusal(request, answer, now);
            return Optional.of(isOfWhoeverGuardsTheHandler(answer.status()) ? refusal.beforeHandler() : refusal);
        }
        String found = answer.header("content-type").orElse(null);
        if (found != null && bare(found).equalsIgnoreCase(request.contentType())) {
            return Optional.empty();
        }
        return Optional.of(
                StreamFailure.protocol("unexpected content type " + quoted(found) + "; expected content type '"
                        + request.contentType() + "'. Is something else than a Restate SDK listening at "
                        + Secrets.shown(request.endpoint().uri()) + "?"));
    }

    /** Whether the answer shows that the handler has not begun; a proxy also sends 502 or 504 for one that died. */
    private static boolean isOfWhoeverGuardsTheHandler(int status) {
        return switch (status) {
            case 404, 413, 415, 429, 503 -> true;
            default -> false;
        };
    }

    private static StreamFailure refusal(AttemptRequest request, ResponseHead answer, Instant now) {
        int status = answer.status();
        String asked = request.head().service() + "/" + request.head().handler();
        return switch (status) {
            case 404 ->
                StreamFailure.protocol("unexpected http status code: 404 Not Found. The deployment at "
                        + Secrets.shown(request.endpoint().uri()) + " does not serve " + asked
                        + " (any more). Register what it serves now as a new deployment.");
            case 413 -> new StreamFailure(ErrorCode.INTERNAL, "RT0019", "service replied with content too large", null);
            case 415 ->
                new StreamFailure(
                        415,
                        "RT0015",
                        "cannot start the invocation because the SDK doesn't support the protocol version '"
                                + request.head().version().number()
                                + "' negotiated at discovery time. Register the deployment again.",
                        null);
            case 429, 503 -> rateLimited(status, retryAfter(answer, now));
            case 502, 504 -> StreamFailure.network("service is temporary unavailable '" + status + "'");
            default ->
                StreamFailure.protocol("unexpected http status code: " + status + " to the invocation of " + asked
                        + ". The log of the deployment at "
                        + Secrets.shown(request.endpoint().uri()) + " may say why.");
        };
    }

    private static StreamFailure rateLimited(int status, @Nullable Duration retryAfter) {
        String asked = retryAfter == null ? "" : " (retry after: " + retryAfter.toSeconds() + " seconds)";
        return new StreamFailure(
                ErrorCode.INTERNAL,
                "RT0023",
                "service is rate limited due to '" + status + "'" + asked,
                retryAfter == null ? null : retryAfter.toMillis());
    }

    /** RFC 9110, section 10.2.3: seconds or a date; null if it is neither or is in the past. */
    private static @Nullable Duration retryAfter(ResponseHead answer, Instant now) {
        String value = answer.header("retry-after").orElse("").strip();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            return then.isAfter(now) ? Duration.between(now, then) : null;
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static String bare(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "(none)" : "'" + text + "'";
    }
}
