package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.files.Selection;
import dev.lockstep.cli.report.JsonVerification;
import dev.lockstep.cli.report.TextVerification;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.observe.Database;
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
import java.util.Map;

/** {@code lockstep verify}. */
final class VerifyCommand {

    private final Console console;
    private final VerifyOptions options;

    VerifyCommand(Console console, VerifyOptions options) {
        this.console = console;
        this.options = options;
    }

    int run() throws IOException {
        ReportFile target = ReportFile.of(options.output(), console);
        Selection selection = console.find(options.request());
        if (selection.histories().isEmpty()) {
            return ExitCode.USAGE;
        }
        History history = only(selection);
        if (!options.quiet()) {
            history.announce(console::say);
        }
        VerifyReport report = verify(history);
        target.write(out -> {
            if (options.format().equals("json")) {
                JsonVerification.write(report, out);
            } else {
                new TextVerification(
                                Reporters.paint(
                                        console.environment(),
                                        options.colour(),
                                        options.output().isEmpty()),
                                console.environment().width(),
                                history.tool().runner())
                        .write(report, out);
            }
        });
        if (!report.isComplete() || !selection.problems().isEmpty()) {
            return ExitCode.USAGE;
        }
        return report.isExact() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static History only(Selection selection) {
        if (selection.histories().size() > 1) {
            throw new UserError(selection.histories().size() + " migration histories, each for a database of its own ("
                    + selection.histories().get(0).root() + ", "
                    + selection.histories().get(1).root() + " ...): verify them one at a time");
        }
        return selection.histories().get(0);
    }

    private VerifyReport verify(History history) throws IOException {
        try {
            if (options.url().isPresent()) {
                return verify(
                        history,
                        JdbcDatabase.of(
                                options.url().get(), console.environment().variables()));
            }
            try (EmbeddedServer server = EmbeddedServer.start(options.embedded().orElseThrow())) {
                return verify(history, JdbcDatabase.of(server.url(), Map.of()));
            }
        } catch (ScratchRefused refused) {
            throw new UserError(Printable.of(String.valueOf(refused.getMessage())));
        }
    }

    private VerifyReport verify(History history, Database database) {
        try {
            return Verifier.verify(
                    ScriptParser.create(),
                    database,
                    new VerifyRequest(
                            history.migrations().inOrder(), history.migrations().undo(), options.allowNonempty()),
                    this::progress);
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
        if (!options.quiet() && console.environment().terminal()) {
            console.say(phase.label() + " " + number + "/" + total + ": "
                    + Printable.of(migration.source().path()));
        }
    }
}
