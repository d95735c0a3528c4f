package dev.lockstep.source.hasura;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.UpDownDirectories;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hasura's server runs up.sql at once in a transaction of its own; each database has a directory of migrations. */
public final class HasuraSource extends UpDownDirectories {

    private static final Pattern DIRECTORY = Pattern.compile("(\\d+)_.*");

    private static final Pattern CONFIGURATION =
            Pattern.compile("(?m)^(?:endpoint|metadata_directory|migrations_directory|admin_secret|actions)\\s*:");

    /** Milliseconds, where other tools write the time out. */
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{13}_.*");

    public HasuraSource() {
        super("hasura", "Hasura", NaturalOrder.INSTANCE, DIRECTORY);
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        Optional<String> configuration = Annotations.above(project, place, CONFIGURATION, "config.yaml");
        boolean inMilliseconds = paths.stream()
                .map(path -> ProjectPath.name(ProjectPath.parent(path)))
                .allMatch(directory -> MILLISECONDS.matcher(directory).matches());
        return configuration.isPresent() || inMilliseconds
                ? Optional.of(new Setup(place, configuration))
                : Optional.empty();
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return TransactionRule.ONE_STRING_IN_BLOCK.withWayOut(
                "Hasura has no setting for that, so run it beside the migrations");
    }
}
