package dev.lockstep.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> NAMES = List.of("set-not-null", "drop-table", "drop-column", "off");

    @Test
    void findsASlipOfTheHand() {
        assertThat(Nearest.to("set_not_null", NAMES)).contains("set-not-null");
        assertThat(Nearest.to("DROP-TABEL", NAMES)).contains("drop-table");
        assertThat(Nearest.to("of", NAMES)).contains("off");
        assertThat(Nearest.to("drop-col", NAMES)).contains("drop-column");
    }

    @Test
    void leavesTheRestAlone() {
        assertThat(Nearest.to("rename-index", NAMES)).isEmpty();
        assertThat(Nearest.to("", NAMES)).isEmpty();
    }
}
