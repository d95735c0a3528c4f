package dev.lockstep.pgquery;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.lockstep.pgquery.PgQuery.Engine;
import java.nio.charset.StandardCharsets;

/** The engines under test; without a native library its tests are skipped, but not on a build server. */
final class Engines {
    private Engines() {}

    static PgQuery open(Engine engine) {
        try {
            return PgQuery.open(engine);
        } catch (IllegalStateException unavailable) {
            if ("true".equals(System.getenv("CI"))) {
                throw unavailable;
            }
            return abort(SkipNotice.PRINTED + unavailable.getMessage());
        }
    }

    /** One line in the build's output, however many tests are skipped. */
    private static final class SkipNotice {
        static final String PRINTED = print();

        private static String print() {
            System.err.println("Tests of the native parser are skipped: this build has none.");
            return "skipped: ";
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
