package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.files.Selection;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.engine.Deploys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What every command that reads migrations begins with: where the report goes, the migrations, the schema they start from. */
record Opening(ReportFile target, Selection selection, Optional<SchemaFile> schema) {

    /** Empty, and why is said, when there are no migrations. */
    static Optional<Opening> of(Console console, CommonOptions options) throws IOException {
        ReportFile target = ReportFile.of(options.output(), console);
        Optional<SchemaFile> schema = options.schema().map(name -> SchemaFile.read(name, console));
        Opening opening = new Opening(target, console.find(options.request()), schema);
        if (opening.histories().isEmpty()) {
            if (opening.selection.problems().isEmpty()) {
                console.say("no migration was read");
            }
            return Optional.empty();
        }
        if (schema.isPresent()) {
            opening.onlyHistory("--schema is of one database");
        }
        if (!options.quiet()) {
            opening.histories().forEach(history -> history.announce(console::say));
            schema.flatMap(SchemaFile::skipped).ifPresent(console::say);
        }
        return Optional.of(opening);
    }

    List<History> histories() {
        return selection.histories();
    }

    History onlyHistory(String reason) {
        if (histories().size() > 1) {
            throw new UserError(histories().size() + " migration histories, each for a database of its own ("
                    + histories().get(0).root() + ", " + histories().get(1).root() + " ...): " + reason);
        }
        return histories().get(0);
    }

    /** The migrations as they go out, on the schema they start from if that is known. */
    Deploys deploys(Boundary boundary, History history) {
        Deploys deploys = boundary.deploys(history);
        return schema.map(file -> deploys.startingFrom(file.catalog())).orElse(deploys);
    }

    boolean hasProblems() {
        return !selection.problems().isEmpty();
    }
}
