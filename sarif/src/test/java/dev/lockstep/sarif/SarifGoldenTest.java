package dev.lockstep.sarif;

import dev.lockstep.testkit.Golden;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SarifGoldenTest {

    @Test
    void aReportOfEverything() {
        SarifOptions options = new SarifOptions(Optional.of("shop"), path -> "backend/" + path);

        Golden.check("everything.sarif", Analyses.sarif(Analyses.of(Analyses.VARIED), options));
    }
}
