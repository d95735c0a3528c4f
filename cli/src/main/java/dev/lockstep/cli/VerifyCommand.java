package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.report.JsonVerification;
import dev.lockstep.cli.report.TextVerification;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.observe.Database;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.Migration;
import dev.lockstep.verify.EmbeddedServer;
import dev.lockstep.verify.JdbcDatabase;
import dev.lockstep.verify.Phase;
import dev.lockstep.verify.ScratchRefused;
import dev.lockstep.verify.Verifier;
import dev.lockstep.verify.VerifyReport;
import dev.lockstep.verify.VerifyRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code lockstep verify}. */
final class VerifyCommand {

    private final Console console;
    private final VerifyOptions options;

    VerifyCommand(Console console, VerifyOptions options) {
        this.console = console;
        this.options = options;
    }

    int run() throws IOException {
        Optional<Opening> opening = Opening.of(console, options.common());
        return opening.isPresent() ? run(opening.get()) : ExitCode.USAGE;
    }

    private int run(Opening opening) throws IOException {
        History history = opening.onlyHistory("verify them one at a time");
        VerifyReport report = verify(request(opening, history));
        report.refused().ifPresent(refused -> console.say(Printable.of(refused)));
        opening.target().write(out -> {
            if (options.common().format().equals("json")) {
                JsonVerification.write(report, out);
            } else {
                new TextVerification(
                                options.common().paint(console.environment()),
                                console.environment().width(),
                                history.tool().runner())
                        .write(report, out);
            }
        });
        if (!report.isComplete() || opening.hasProblems()) {
            return ExitCode.USAGE;
        }
        return report.isExact() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    /** The schema stands for the migrations that nobody asked about. */
    private VerifyRequest request(Opening opening, History history) {
        Optional<ParsedScript> schema = opening.schema().map(SchemaFile::script);
        List<Migration> migrations = history.migrations().inOrder().stream()
                .filter(migration -> schema.isEmpty() || history.judges(migration))
                .toList();
        return new VerifyRequest(schema, migrations, history.migrations().undo(), options.allowNonempty());
    }

    private VerifyReport verify(VerifyRequest request) throws IOException {
        try {
            if (options.url().isPresent()) {
                return verify(
                        request,
                        JdbcDatabase.of(
                                options.url().get(), console.environment().variables()));
            }
            try (EmbeddedServer server = EmbeddedServer.start(options.embedded().orElseThrow())) {
                return verify(request, JdbcDatabase.of(server.url(), Map.of()));
            }
        } catch (ScratchRefused refused) {
            throw new UserError(Printable.of(String.valueOf(refused.getMessage())));
        }
    }

    private VerifyReport verify(VerifyRequest request, Database database) {
        try {
            return Verifier.verify(ScriptParser.create(), database, request, this::progress);
        } catch (SQLException failed) {
            String state = String.valueOf(failed.getSQLState());
            if (state.startsWith("08") || state.startsWith("28") || state.startsWith("3D") || state.startsWith("57")) {
                throw new UserError("no answer from the server: "
                        + Printable.of(String.valueOf(failed.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")));
            }
            throw new IllegalStateException(failed);
        }
    }

    private void progress(Phase phase, Migration migration, int number, int total) {
        if (!options.common().quiet() && console.environment().terminal()) {
            console.say(phase.label() + " " + number + "/" + total + ": "
                    + Printable.of(migration.source().path()));
        }
    }
}
