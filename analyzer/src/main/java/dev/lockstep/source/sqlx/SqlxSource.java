package dev.lockstep.source.sqlx;

import dev.lockstep.source.Annotations;
import dev.lockstep.source.NamedSource;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQLx sends a file at once, between BEGIN and COMMIT unless it starts with {@code -- no-transaction}; then several statements are still one
 * transaction, PostgreSQL's own.
 */
public final class SqlxSource extends NamedSource {

    private static final Pattern NAME = Pattern.compile("(\\d+)_.*\\.sql");

    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^\\s*(?:\\[.*dependencies\\.)?sqlx\\b");

    public SqlxSource() {
        super("sqlx", "SQLx", NaturalOrder.INSTANCE);
    }

    @Override
    protected Optional<Name> name(String path) {
        String fileName = ProjectPath.name(path);
        Matcher name = NAME.matcher(fileName);
        return name.matches()
                ? Optional.of(new Name(name.group(1), fileName.endsWith(".down.sql") ? Role.DOWN : Role.UP))
                : Optional.empty();
    }

    @Override
    protected Optional<Setup> mark(Project project, String place, List<String> paths) {
        boolean named = ProjectPath.name(place).contains("migration")
                || paths.stream().anyMatch(path -> path.endsWith(".up.sql"));
        return project.above(place, "sqlx.toml")
                .or(() -> named ? Annotations.above(project, place, DEPENDENCY, "Cargo.toml") : Optional.empty())
                .map(evidence -> new Setup(place, Optional.of(evidence)));
    }

    @Override
    protected TransactionRule transactions(Project project, Setup setup, String path) {
        return project.read(path)
                .filter(file -> file.content().startsWith("-- no-transaction"))
                .map(file -> TransactionRule.ONE_STRING)
                .orElse(TransactionRule.ONE_STRING_IN_BLOCK.withWayOut(
                        "for SQLx, -- no-transaction as its first line"));
    }
}
