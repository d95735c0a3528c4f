package dev.lockstep.source.prisma;

import dev.lockstep.source.NamedSource;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Prisma Migrate sends a file as it is, in one string, and opens no transaction. */
public final class PrismaSource extends NamedSource {

    private static final String LOCK = "migration_lock.toml";

    private static final Pattern TIMESTAMPED = Pattern.compile("\\d{14}_.*");

    private static final Pattern OTHER_DATABASE = Pattern.compile("(?m)^\\s*provider\\s*=\\s*\"(?!postgres|cockroach)");

    public PrismaSource() {
        super("prisma", "Prisma Migrate", Comparator.naturalOrder());
    }

    @Override
    protected Optional<Name> name(String path) {
        String directory = ProjectPath.name(ProjectPath.parent(path));
        return switch (ProjectPath.name(path)) {
            case "migration.sql" -> Optional.of(new Name(directory, Role.UP));
            case "down.sql" ->
                TIMESTAMPED.matcher(directory).matches()
                        ? Optional.of(new Name(directory, Role.DOWN))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    protected String place(String path) {
        return ProjectPath.parent(ProjectPath.parent(path));
    }

    /** Drizzle has files of the same name, with a snapshot beside each. */
    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        String lock = ProjectPath.in(place, LOCK);
        Optional<String> evidence = Optional.of(lock).filter(project::has);
        if (evidence.flatMap(project::read)
                .filter(file -> OTHER_DATABASE.matcher(file.content()).find())
                .isPresent()) {
            return Optional.empty();
        }
        boolean timestamped = paths.stream()
                .map(ProjectPath::parent)
                .anyMatch(directory ->
                        TIMESTAMPED.matcher(ProjectPath.name(directory)).matches()
                                && !project.has(ProjectPath.in(directory, "snapshot.json")));
        return evidence.isPresent() || timestamped ? Optional.of(new Setup(place, evidence)) : Optional.empty();
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return TransactionRule.ONE_STRING;
    }
}
