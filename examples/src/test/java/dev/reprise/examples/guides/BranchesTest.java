package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.testkit.RepriseExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The handlers of {@code docs/concurrent-tasks.md} that have branches, scopes and what is made of them do what the
 * guide says.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BranchesTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Branches(), new Scopes(), new ManyTasks());

    private static TypedClient<Branches> branches(Client client) {
        return client.service(Branches.class);
    }

    private static TypedClient<Scopes> scopes(Client client) {
        return client.service(Scopes.class);
    }

    private static TypedClient<ManyTasks> many(Client client) {
        return client.service(ManyTasks.class);
    }

    @Test
    void branches_goOnBesideEachOther(Client client) {
        assertThat(branches(client).call(Branches::prepare, "Ada")).isEqualTo("invoice 4711 and a box for Ada");
        assertThat(branches(client).call(Branches::shared)).containsExactly("early", "late");
    }

    @Test
    void branchesAndClosures_inheritNothing_andAreMarked(Client client) {
        assertThat(branches(client).call(Branches::inherited))
                .isEqualTo("nothing nothing trip/flight, nothing nothing trip/flight");
    }

    @Test
    void losers_areCancelled(Client client) {
        assertThat(branches(client).call(Branches::fastest)).isEqualTo("there after 2 days");
    }

    @Test
    void branch_thatIsCancelled_putsThingsRight(Client client) {
        assertThat(branches(client).call(Branches::giveUp)).isEqualTo("given up");
        assertThat(Remote.RESERVED).isFalse();
    }

    @Test
    void steps_thatNobodyAwaited_areDoneBeforeTheOutput(Client client) {
        assertThat(branches(client).call(Branches::welcome, "Grace")).isEqualTo("welcome, Grace");
        assertThat(Remote.MAILS).contains("Grace");
    }

    @Test
    void promises_areChainedAndAsked(Client client) {
        assertThat(branches(client).call(Branches::then, 7)).isEqualTo("Hello, user 7, you have 8 orders");
        assertThat(branches(client).call(Branches::settled)).isEqualTo("a draft");
    }

    @Test
    void scopes_giveWhatTheirJoinersSay(Client client) {
        assertThat(scopes(client).call(Scopes::all, List.of(1, 2, 3))).isEqualTo(9);
        assertThat(scopes(client).call(Scopes::types, 7)).isEqualTo("user 7: 8");
        assertThat(scopes(client).call(Scopes::any, "Rome")).isEqualTo("sun in Rome");
        assertThat(scopes(client).call(Scopes::any, "Atlantis")).isEqualTo("mild, as usual");
        assertThat(scopes(client).call(Scopes::everyEnd, "Atlantis")).isEqualTo("no such city");
    }

    @Test
    void scope_whoseTimeIsOver_givesWhatThereIs(Client client) {
        assertThat(scopes(client).call(Scopes::partial, List.of(30, 90, 10)))
                .containsExactly("offer after 30 minutes", "offer after 10 minutes");
    }

    @Test
    void joiner_ofAUser_decides(Client client) {
        assertThat(scopes(client).call(Scopes::lowest, List.of(30, 20, 40))).isEqualTo(20);
        assertThat(scopes(client).call(Scopes::lowest, List.of(300, 20))).isEqualTo(20);
        assertThatThrownBy(() -> scopes(client).call(Scopes::lowest, List.of(300)))
                .hasMessage("nobody made an offer");
    }

    @Test
    void quorum_doesWithoutTheRest(Client client) {
        assertThat(many(client).call(ManyTasks::majority)).isEqualTo("2 have it, given up: 1");
    }

    @Test
    void hedge_takesTheFirstAnswer(Client client) {
        assertThat(many(client).call(ManyTasks::hedged, "Rome")).isEqualTo("sun in Rome");
        assertThatThrownBy(() -> many(client).call(ManyTasks::hedged, "Atlantis"))
                .hasMessage("all rejected: [no such city; no such city; no such city]");
    }

    @Test
    void maps_doEveryItem(Client client) {
        assertThat(many(client).call(ManyTasks::shipAll, List.of(1, 2, 3, 4, 5, 6, 7)))
                .startsWith("parcel 1 is on its way")
                .hasSize(7);
        assertThat(many(client).call(ManyTasks::failures, List.of("Rome", "Atlantis", "Oslo")))
                .isEqualTo(1);
    }

    @Test
    void retry_doesTheWholeAgain(Client client) {
        assertThat(many(client).call(ManyTasks::reserve, List.of("Atlantis", "Rome")))
                .isEqualTo("Rome, sun in Rome");
        assertThatThrownBy(() -> many(client).call(ManyTasks::reserve, List.of("Atlantis", "Atlantis")))
                .hasMessage("no such city");
    }
}
