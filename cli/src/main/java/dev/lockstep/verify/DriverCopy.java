package dev.lockstep.verify;

import dev.lockstep.observe.ObservedSession.Execution;
import dev.lockstep.parse.CopyData;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** COPY between the script and the server, which JDBC has no statement for. */
final class DriverCopy {

    private static final Pattern CLIENT_SIDE = Pattern.compile("(?i)\\b(?:from\\s+stdin|to\\s+stdout)\\b");

    private interface Transfer {
        void run(CopyManager manager) throws SQLException, IOException;
    }

    private DriverCopy() {}

    /** How to run the statement, if it is such a COPY. */
    static Optional<Execution> of(Statement.Copy copy, SourceText source) {
        String sql = source.text(copy.span());
        if (!CLIENT_SIDE.matcher(sql).find()) {
            return Optional.empty();
        }
        if (!copy.from()) {
            return Optional.of(with(manager -> manager.copyOut(sql, OutputStream.nullOutputStream())));
        }
        int semicolon = source.content().indexOf(';', copy.span().end());
        Optional<CopyData> data = semicolon < 0 ? Optional.empty() : CopyData.after(source.content(), semicolon + 1);
        String lines = data.map(CopyData::lines).map(source::text).orElse("");
        return Optional.of(with(manager -> manager.copyIn(sql, new StringReader(lines))));
    }

    private static Execution with(Transfer transfer) {
        return statement -> {
            try {
                transfer.run(
                        statement.getConnection().unwrap(PGConnection.class).getCopyAPI());
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        };
    }
}
