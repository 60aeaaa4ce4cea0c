package dev.reprise.interop.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;

/** What a server answered to one request; header names are in lower case. */
public record Answer(int status, SortedMap<String, String> headers, String body) {

    /** Fails unless the status is this and the body has this part. */
    public Answer expect(int expectedStatus, String bodyPart) {
        assertThat(this).satisfies(answer -> {
            assertThat(answer.status).isEqualTo(expectedStatus);
            assertThat(answer.body).contains(bodyPart);
        });
        return this;
    }

    /** The id of the invocation that the answer is about. */
    public String invocationId() {
        String header = headers.get("x-restate-id");
        return header != null ? header : json().required("invocationId").asText();
    }

    /** The body as JSON. */
    public JsonNode json() {
        return Json.parse(body);
    }
}
