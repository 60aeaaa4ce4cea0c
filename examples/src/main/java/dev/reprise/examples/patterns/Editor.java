package dev.reprise.examples.patterns;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for an editor, who gets questions and may answer each by the id of an awakeable. */
final class Editor {
    private static final Map<String, CompletableFuture<String>> QUESTIONS = new ConcurrentHashMap<>();

    private Editor() {}

    static void post(String question, String awakeableId) {
        awakeableOf(question).complete(awakeableId);
    }

    /** The id to answer a question by, once it is asked. */
    static CompletableFuture<String> awakeableOf(String question) {
        return QUESTIONS.computeIfAbsent(question, _ -> new CompletableFuture<>());
    }
}
