package dev.lockstep.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OddFileTest {

    @Test
    void allAreWrittenByteForByte(@TempDir Path directory) throws IOException {
        assertThat(OddFile.writeAllTo(directory))
                .hasSize(OddFile.values().length)
                .doesNotHaveDuplicates();

        for (OddFile file : OddFile.values()) {
            assertThat(Files.readAllBytes(directory.resolve(file.fileName()))).isEqualTo(file.bytes());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LATIN1_COMMENT", "LATIN1_STRING", "UTF_16_FILE"})
    void someAreNotUtf8(OddFile file) {
        assertThatThrownBy(() -> UTF_8.newDecoder().decode(ByteBuffer.wrap(file.bytes())))
                .isInstanceOf(MalformedInputException.class);
    }

    @Test
    void bytesAreWhatTheNamesSay() {
        assertThat(OddFile.BYTE_ORDER_MARK.bytes()).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(OddFile.NUL_BYTE.bytes()).contains(0);
        assertThat(OddFile.LONE_CR.bytes()).contains('\r').doesNotContain('\n');
        assertThat(OddFile.FIVE_MEGABYTES.bytes()).hasSizeBetween(5 << 20, (5 << 20) + 200);
    }

    @OnEveryPostgres
    void oddIsNotWrong(PgServer server) throws SQLException {
        EnumSet<OddFile> accepted = EnumSet.of(
                OddFile.EMPTY,
                OddFile.ONLY_COMMENTS,
                OddFile.NO_LAST_SEMICOLON,
                OddFile.CRLF,
                OddFile.LONE_CR,
                OddFile.BEYOND_THE_BASIC_PLANE,
                OddFile.NESTED_DOLLAR_QUOTES,
                OddFile.NESTED_PARENTHESES);
        try (ScratchDatabase database = server.database()) {
            for (OddFile file : accepted) {
                database.execute(new String(file.bytes(), UTF_8));
                database.reset();
            }
        }
    }
}
