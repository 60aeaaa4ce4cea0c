package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.id.InvocationId;
import org.junit.jupiter.api.Test;

final class JournalHeadsTest {
    private static InvocationId id(long number) {
        return new InvocationId(number, 0, number);
    }

    @Test
    void heads_beyondTheirNumber_leastRecentlyUsedIsForgotten() {
        JournalHeads heads = new JournalHeads(2, 100);
        heads.put(id(1), new JournalHead());
        heads.put(id(2), new JournalHead());
        assertThat(heads.get(id(1))).isNotNull();
        heads.put(id(3), new JournalHead());
        assertThat(heads.get(id(2))).isNull();
        assertThat(heads.get(id(1))).isNotNull();
    }

    @Test
    void heads_withTooManyNotifications_leastRecentlyUsedIsForgottenButNeverTheOneInUse() {
        JournalHeads heads = new JournalHeads(10, 5);
        JournalHead first = new JournalHead();
        heads.put(id(1), first);
        JournalHead second = new JournalHead();
        heads.put(id(2), second);
        for (int i = 0; i < 20; i++) {
            second.addNotification(new CompletionId(i), Progress.SUCCEEDED, 1);
            heads.grown(1);
        }
        assertThat(heads.get(id(1))).isNull();
        assertThat(heads.get(id(2))).isSameAs(second);
        heads.remove(id(2));
        heads.put(id(3), new JournalHead());
        heads.put(id(4), new JournalHead());
        assertThat(heads.size()).isEqualTo(2);
    }
}
