package dev.reprise.simulator.program;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TerminalException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A random handler: operations one after the other, each awaited at once or at the end, and the answer it must give.
 *
 * @param operations in their order
 * @param late which of them are awaited only at the end
 * @param fails whether it ends with a failure, whose text is then its answer
 * @param undo what it does after it was cancelled
 */
public record Program(List<Operation> operations, List<Boolean> late, boolean fails, Undo undo) {

    /** Runs the program. Its answer is the text of everything that was awaited. */
    String run(Scene scene) {
        try {
            return go(scene);
        } catch (CancelledException e) {
            undo.run(scene);
            throw e;
        }
    }

    private String go(Scene scene) {
        List<RestatePromise<String>> promises = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            promises.add(operations.get(i).start(scene));
            texts.add(late.get(i) ? "" : awaited(promises.get(i)));
            if (i % 2 == 1) {
                // Named after what it saw, so that the journal shows a replay that sees anything else.
                String then = "then " + i + " " + texts.get(i).hashCode();
                scene.ctx().run(then, String.class, () -> scene.execute(then, 0));
            }
        }
        String answer = awaitAll(promises, texts);
        if (fails) {
            throw new TerminalException(418, answer);
        }
        return answer;
    }

    private String awaitAll(List<RestatePromise<String>> promises, List<String> before) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < promises.size(); i++) {
            texts.add(awaited(promises.get(i)));
            if (!late.get(i) && !texts.get(i).equals(before.get(i))) {
                return "awaited again, " + before.get(i) + " became " + texts.get(i);
            }
        }
        return String.join(";", texts);
    }

    /** The text of how a promise ends. A cancellation ends the handler. */
    private static String awaited(RestatePromise<String> promise) {
        try {
            return promise.await();
        } catch (CancelledException e) {
            throw e;
        } catch (TerminalException e) {
            return "!" + e.getMessage();
        }
    }

    public Expected expected() {
        String all = operations.stream()
                .map(operation -> operation.expected().settled())
                .collect(Collectors.joining(";"));
        return fails ? new Expected(null, all) : new Expected(all, null);
    }
}
