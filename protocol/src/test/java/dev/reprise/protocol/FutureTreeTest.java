package dev.reprise.protocol;

import static dev.reprise.protocol.FutureTree.all;
import static dev.reprise.protocol.FutureTree.allSettled;
import static dev.reprise.protocol.FutureTree.any;
import static dev.reprise.protocol.FutureTree.race;
import static dev.reprise.protocol.FutureTree.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.NotificationId.CompletionId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FutureTreeTest {
    private static FutureTree leaf(int id) {
        return FutureTree.of(new CompletionId(id));
    }

    private static final FutureTree A = leaf(1);
    private static final FutureTree B = leaf(2);
    private static final FutureTree C = leaf(3);

    /**
     * Each character is one leaf's progress, from leaf 1 on: {@code .} pending, {@code +} succeeded, {@code -} failed.
     */
    static Stream<Arguments> evaluations() {
        return Stream.of(
                Arguments.of(A, ".", Progress.PENDING),
                Arguments.of(A, "+", Progress.SUCCEEDED),
                Arguments.of(A, "-", Progress.FAILED),
                Arguments.of(race(List.of(A, B)), "..", Progress.PENDING),
                Arguments.of(race(List.of(A, B)), ".+", Progress.SUCCEEDED),
                Arguments.of(race(List.of(A, B)), "-.", Progress.FAILED),
                Arguments.of(race(List.of(A, B)), "-+", Progress.COMPLETED),
                Arguments.of(allSettled(List.of(A, B)), "-.", Progress.PENDING),
                Arguments.of(allSettled(List.of(A, B)), "--", Progress.SUCCEEDED),
                Arguments.of(any(List.of(A, B)), "-.", Progress.PENDING),
                Arguments.of(any(List.of(A, B)), ".+", Progress.SUCCEEDED),
                Arguments.of(any(List.of(A, B)), "--", Progress.FAILED),
                Arguments.of(all(List.of(A, B)), "+.", Progress.PENDING),
                Arguments.of(all(List.of(A, B)), ".-", Progress.FAILED),
                Arguments.of(all(List.of(A, B)), "++", Progress.SUCCEEDED),
                Arguments.of(all(List.of(A, A)), "+", Progress.SUCCEEDED),
                Arguments.of(all(List.of(all(List.of(A, B)), C)), ".-.", Progress.FAILED),
                Arguments.of(all(List.of(allSettled(List.of(A, B)), C)), "--.", Progress.PENDING),
                Arguments.of(allSettled(List.of(race(List.of(A, B)), C)), "-+.", Progress.PENDING),
                Arguments.of(race(List.of(allSettled(List.of(A, B)), C)), "+..", Progress.PENDING),
                Arguments.of(race(List.of(allSettled(List.of(A, B)), C)), "..+", Progress.SUCCEEDED));
    }

    static Stream<Arguments> undecidableEvaluations() {
        return Stream.of(
                Arguments.of(unknown(List.of(A, B)), "..", Progress.PENDING),
                Arguments.of(unknown(List.of(A, B)), ".+", Progress.COMPLETED),
                Arguments.of(race(List.of(unknown(List.of(A)), B)), "+.", Progress.COMPLETED),
                // The handler's code may have turned the success into a failure, and the other way round.
                Arguments.of(all(List.of(unknown(List.of(A)), B)), "+.", Progress.COMPLETED),
                Arguments.of(any(List.of(unknown(List.of(A)), B)), "-.", Progress.COMPLETED),
                Arguments.of(allSettled(List.of(unknown(List.of(A)), B)), "+.", Progress.PENDING),
                Arguments.of(allSettled(List.of(all(List.of(unknown(List.of(A)), B)), C)), "+..", Progress.COMPLETED),
                // Which of the two came first decides, and is not known here.
                Arguments.of(all(List.of(race(List.of(A, B)), C)), "+-.", Progress.COMPLETED),
                Arguments.of(any(List.of(race(List.of(A, B)), C)), "-+.", Progress.COMPLETED),
                // A decision needs nothing else.
                Arguments.of(all(List.of(A, unknown(List.of(B)))), "-+", Progress.FAILED));
    }

    static Stream<Arguments> childlessEvaluations() {
        return Stream.of(
                Arguments.of(race(List.of()), "", Progress.PENDING),
                Arguments.of(unknown(List.of()), "", Progress.PENDING),
                Arguments.of(allSettled(List.of()), "", Progress.SUCCEEDED),
                Arguments.of(any(List.of()), "", Progress.FAILED),
                Arguments.of(all(List.of()), "", Progress.SUCCEEDED));
    }

    @ParameterizedTest
    @MethodSource({"evaluations", "undecidableEvaluations", "childlessEvaluations"})
    void progress_ofTree_followsEcmaScript(FutureTree tree, String leaves, Progress expected) {
        assertThat(tree.progress(id -> progress(leaves, id))).isEqualTo(expected);
        assertThat(tree.isResolvedBy(id -> progress(leaves, id))).isEqualTo(expected != Progress.PENDING);
    }

    private static Progress progress(String leaves, NotificationId id) {
        int index = ((CompletionId) id).id() - 1;
        return switch (leaves.charAt(index)) {
            case '+' -> Progress.SUCCEEDED;
            case '-' -> Progress.FAILED;
            default -> Progress.PENDING;
        };
    }

    @Test
    void tree_millionDeep_needsNoCallStack() {
        FutureTree tree = A;
        for (int i = 0; i < 1_000_000; i++) {
            tree = race(List.of(tree));
        }
        List<NotificationId> leaves = new ArrayList<>();
        tree.forEachLeaf(leaves::add);

        assertThat(tree.progress(id -> Progress.FAILED)).isEqualTo(Progress.FAILED);
        assertThat(leaves).containsExactly(new CompletionId(1));
        assertThat(tree.depth()).isEqualTo(999_999);
    }

    @Test
    void forEachLeaf_goesFromLeftToRight() {
        List<NotificationId> leaves = new ArrayList<>();
        all(List.of(A, race(List.of(B, any(List.of(C, A)))), leaf(4))).forEachLeaf(leaves::add);

        assertThat(leaves)
                .containsExactly(
                        new CompletionId(1),
                        new CompletionId(2),
                        new CompletionId(3),
                        new CompletionId(1),
                        new CompletionId(4));
    }

    @Test
    void depth_countsCombinatorsBelowTheFirst() {
        assertThat(A.depth()).isZero();
        assertThat(race(List.of(A, B)).depth()).isZero();
        assertThat(race(List.of(A, all(List.of(any(List.of(B)))), any(List.of(C))))
                        .depth())
                .isEqualTo(2);
    }

    @Test
    void kind_ofItsCode_isItself() {
        for (FutureTree.Kind kind : FutureTree.Kind.values()) {
            assertThat(FutureTree.Kind.ofCode(kind.code())).contains(kind);
        }
        assertThat(FutureTree.Kind.ofCode(5)).isEmpty();
    }
}
