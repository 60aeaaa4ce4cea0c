package dev.reprise.examples.patterns;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for a world that gets questions and may answer them by the id of an awakeable. */
final class Outside {
    private static final Map<String, String> QUESTIONS = new ConcurrentHashMap<>();

    private Outside() {}

    static void post(String question, String awakeableId) {
        QUESTIONS.put(question, awakeableId);
    }

    /** The id to answer a question by, if it was asked. */
    static Optional<String> awakeableOf(String question) {
        return Optional.ofNullable(QUESTIONS.get(question));
    }
}
