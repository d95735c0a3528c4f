package dev.lockstep.source.diesel;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.UpDownDirectories;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Diesel sends up.sql at once, between BEGIN and COMMIT unless metadata.toml says {@code run_in_transaction = false}. Directories of its shape
 * that no other tool claims are taken for its own: their down.sql must never run forward.
 */
public final class DieselSource extends UpDownDirectories {

    private static final Pattern DIRECTORY = Pattern.compile("(\\d[\\d-]*)(?:_.*)?");

    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^\\s*(?:\\[.*dependencies\\.)?diesel\\b");

    private static final Pattern NO_TRANSACTION = Pattern.compile("(?m)^\\s*run_in_transaction\\s*=\\s*false\\b");

    public DieselSource() {
        super("diesel", "Diesel", Comparator.naturalOrder(), DIRECTORY);
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        return Optional.of(new Setup(
                place,
                project.above(place, "diesel.toml")
                        .or(() -> Annotations.above(project, place, DEPENDENCY, "Cargo.toml"))));
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return project.read(ProjectPath.in(ProjectPath.parent(path), "metadata.toml"))
                .filter(metadata -> NO_TRANSACTION.matcher(metadata.content()).find())
                .map(metadata -> TransactionRule.ONE_STRING)
                .orElse(TransactionRule.ONE_STRING_IN_BLOCK.withWayOut(
                        "for Diesel, run_in_transaction = false in metadata.toml beside it"));
    }
}
